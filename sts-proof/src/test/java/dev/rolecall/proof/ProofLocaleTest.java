package dev.rolecall.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The platform's language changes nothing. In Turkish the small I has a dot of its own; in Arabic
 * as Egypt writes it, numbers are formatted with other digits.
 */
@Isolated
@Tag("attack")
final class ProofLocaleTest {

  private Locale before = Locale.ROOT;

  @BeforeEach
  void speakTurkish() {
    before = Locale.getDefault();
    Locale.setDefault(new Locale.Builder().setLanguageTag("tr-TR-u-nu-arab").build());
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  @Test
  void proof_writesAndReadsTheSameDigits() {
    CallerProof proof =
        CallerProof.builder(
                StsHost.parse("sts.ap-south-1.amazonaws.com"),
                Audience.of("billing"),
                ProofBinding.bearer())
            .accessKeyId("ASIAEXAMPLE000000001")
            .amzDate("20261121T221845Z")
            .life(Duration.ofMinutes(15))
            .signature("0123456789abcdef".repeat(4))
            .build();

    assertThat(proof.text()).contains("~20261121T221845Z~900~billing~bearer~");
    assertThat(proof.signedAt()).isEqualTo(Instant.parse("2026-11-21T22:18:45Z"));
  }
}
