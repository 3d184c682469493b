package dev.rolecall.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForgedProofsTest {

  private final CallerProof good =
      CallerProof.builder(
              StsHost.parse("sts.eu-west-1.amazonaws.com"),
              Audience.of("orders"),
              ProofBinding.bearer())
          .accessKeyId("ASIAFORGEREXAMPLE0")
          .amzDate("20260102T030405Z")
          .life(Duration.ofMinutes(15))
          .signature("0123456789abcdef".repeat(4))
          .sessionToken("token")
          .build();

  @Test
  void forgedProofs_areWellFormedAndDifferInTheSignatureAlone() {
    ForgedProofs forged = new ForgedProofs(good, new Random(1));

    CallerProof one = read(forged.next());
    CallerProof other = read(forged.next());

    assertThat(one.signature()).isNotEqualTo(good.signature()).isNotEqualTo(other.signature());
    assertThat(one.text().replace(one.signature(), good.signature())).isEqualTo(good.text());
  }

  private static CallerProof read(String text) {
    return CallerProof.read(text)
        .fold(
            proof -> proof,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }
}
