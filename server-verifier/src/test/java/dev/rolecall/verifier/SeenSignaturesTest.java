package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.verifier.limits.Asker;
import dev.rolecall.verifier.limits.LookUpLimits;
import dev.rolecall.verifier.limits.Outcome;
import dev.rolecall.verifier.limits.PeerLimit;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import dev.rolecall.verifier.sts.AwsEndpoints;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A proof that is known is never taken for one that is not, and nothing is counted for ever. */
@Tag("attack")
final class SeenSignaturesTest {

  private static final Verification.Refused NO =
      new Verification.Refused(RefusalReason.ISSUER_REFUSED);
  private static final Asker ASKER = Asker.of("192.0.2.1", "ASIAEXAMPLE000000001");

  private final ManualTime time = new ManualTime(Proofs.SIGNED_AT);
  private final SeenSignatures seen = new SeenSignatures();
  private final RememberedAnswers answers =
      new RememberedAnswers(
          new RememberedAnswers.Bounds(
              new CacheBound(100, 1 << 20), new CacheBound(100, 1 << 20), Duration.ofSeconds(10)),
          time,
          time::nanos,
          new VerifierMetrics(OpenTelemetry.noop()),
          seen);
  private final LookUps lookUps =
      new LookUps(
          new LookUpLimits(
              new LookUpLimits.Bounds(
                  new PeerLimit.Bound(1_000, 1_000),
                  new PeerLimit.Bound(1_000, 1_000),
                  new PeerLimit.Bound(1_000, 1_000)),
              time::nanos,
              endpoint -> false),
          new Random(1),
          seen);
  private final List<LookUps.Begun> underWay = new ArrayList<>();

  @Test
  void mayHave_strangersProof_isFalse() {
    assertThat(seen.mayHave(proof(1))).isFalse();
  }

  @Test
  void mayHave_whileTheLookUpIsUnderWay_isTrue() {
    begin(1);
    assertThat(seen.mayHave(proof(1))).isTrue();
    assertThat(seen.mayHave(proof(2))).isFalse();

    underWay.get(0).finish(NO, Outcome.REFUSED);
    assertThat(seen.mayHave(proof(1))).isFalse();
  }

  @Test
  void mayHave_joined_isCountedOnce() {
    begin(1);
    begin(1);
    assertThat(underWay).hasSize(1);

    underWay.get(0).finish(NO, Outcome.REFUSED);
    assertThat(seen.mayHave(proof(1))).isFalse();
  }

  @Test
  void mayHave_whileTheRefusalIsRemembered_isTrue() {
    refuse(1);
    refuse(1);
    time.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(seen.mayHave(proof(1))).isTrue();

    time.advance(Duration.ofNanos(1));
    assertThat(answers.refusalsRemembered()).isZero();
    assertThat(seen.mayHave(proof(1))).isFalse();
  }

  @Test
  void mayHave_refusalsWithoutEnd_forgetsWhatTheCacheForgot() {
    for (int i = 0; i < 1_000; i++) {
      refuse(i);
    }
    assertThat(answers.refusalsRemembered()).isBetween(1L, 100L);
    long known = 0;
    for (int i = 0; i < 1_000; i++) {
      known += seen.mayHave(proof(i)) ? 1 : 0;
      assertThat(answers.refused(ProofDigest.of(proof(i))).isPresent() && !seen.mayHave(proof(i)))
          .isFalse();
    }
    assertThat(known).isLessThan(150);

    time.advance(Duration.ofSeconds(10));
    assertThat(answers.refusalsRemembered()).isZero();
    for (int i = 0; i < 1_000; i++) {
      assertThat(seen.mayHave(proof(i))).isFalse();
    }
  }

  private void begin(int number) {
    var unused =
        lookUps.join(ProofDigest.of(proof(number)), ASKER, AwsEndpoints.global(), underWay::add);
  }

  private void refuse(int number) {
    answers.remember(
        proof(number), ProofDigest.of(proof(number)), new Finding(NO, Outcome.REFUSED));
  }

  private static CallerProof proof(int number) {
    return CallerProof.read(Proofs.text(number))
        .fold(
            proof -> proof,
            malformed -> {
              throw new AssertionError(malformed.rule());
            });
  }
}
