package dev.rolecall.proof;

import static dev.rolecall.proof.ProofFields.HASH;
import static dev.rolecall.proof.ProofFields.LIFE;
import static dev.rolecall.proof.ProofFields.SESSION_TOKEN;
import static dev.rolecall.proof.ProofFields.SESSION_TOKEN_VALUE;
import static dev.rolecall.proof.ProofFields.SIGNATURE;
import static dev.rolecall.proof.ProofFields.SIGNATURE_VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing, comparing and keeping quiet. */
@Tag("attack")
final class CallerProofTest {

  @Test
  void build_allFields_writesTheTextThatReadsBack() {
    CallerProof written = builder().sessionToken(SESSION_TOKEN_VALUE).build();

    assertThat(written.text()).isEqualTo(ProofFields.wellFormed().text());
    assertThat(written).isEqualTo(ReadProofs.wellFormed(written.text()));
  }

  @Test
  void build_noSessionToken_endsInATilde() {
    CallerProof written = builder().build();

    assertThat(written.text()).endsWith(SIGNATURE_VALUE + "~");
    assertThat(ReadProofs.wellFormed(written.text()).sessionToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT901S", "PT0.999S", "PT1.5S", "PT900.000000001S"})
  void build_lifeOutOfRangeOrNotWholeSeconds_isRefused(String life) {
    assertThatThrownBy(() -> builder().life(Duration.parse(life)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("proof: X-Amz-Expires is 1 to 900");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with~tilde", "with space", "with\nline", "====secret"})
  void build_brokenSessionToken_isRefusedWithoutShowingIt(String token) {
    assertThatThrownBy(() -> builder().sessionToken(token).build())
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("proof: ")
        .doesNotContain(token);
  }

  @Test
  void build_fieldsThatSpillOverATilde_areRefused() {
    assertThatThrownBy(() -> builder().accessKeyId("ASIAEXAMPLE000000001~20261121T221845Z").build())
        .hasMessage("proof: nine fields separated by ~");
  }

  @Test
  void build_nothingSet_isRefused() {
    assertThatThrownBy(
            () ->
                CallerProof.builder(
                        StsHost.parse("sts.eu-west-1.amazonaws.com"),
                        Audience.of("orders"),
                        ProofBinding.bearer())
                    .build())
        .hasMessage("proof: access key id is 16 to 128 characters of A-Z 0-9");
  }

  @Test
  void toString_ofProofAndReading_masksEverything() {
    String text = ProofFields.wellFormed().text();
    CallerProof proof = ReadProofs.wellFormed(text);

    assertThat(proof).hasToString("CallerProof[****]");
    assertThat(CallerProof.read(text).toString())
        .doesNotContain(SESSION_TOKEN_VALUE, SIGNATURE_VALUE, proof.accessKeyId());
  }

  @Test
  void equals_sameText_isEqualWithTheSameHash() {
    String text = ProofFields.wellFormed().text();
    CallerProof one = ReadProofs.wellFormed(text);
    CallerProof same = ReadProofs.wellFormed(String.valueOf(text.toCharArray()));

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(Set.of(one)).contains(same);
  }

  @Test
  void equals_anyFieldDiffers_isNotEqual() {
    CallerProof one = ReadProofs.wellFormed(ProofFields.wellFormed().text());

    assertThat(one)
        .isNotEqualTo(ReadProofs.wellFormed(ProofFields.wellFormed().with(LIFE, "899").text()))
        .isNotEqualTo(
            ReadProofs.wellFormed(ProofFields.wellFormed().with(SIGNATURE, "f".repeat(64)).text()))
        .isNotEqualTo(
            ReadProofs.wellFormed(ProofFields.wellFormed().with(SESSION_TOKEN, "other").text()))
        .isNotEqualTo(one.text())
        .isNotEqualTo(null);
  }

  private static CallerProof.Builder builder() {
    return CallerProof.builder(
            StsHost.parse("sts.eu-west-1.amazonaws.com"),
            Audience.of("orders"),
            new ProofBinding.Channel(new BindingHash(HASH)))
        .accessKeyId("ASIAEXAMPLE000000001")
        .amzDate("20261121T221845Z")
        .life(Duration.ofMinutes(15))
        .signature(SIGNATURE_VALUE);
  }
}
