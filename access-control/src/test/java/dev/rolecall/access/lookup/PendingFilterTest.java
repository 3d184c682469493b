package dev.rolecall.access.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.internal.limits.LookupGate;
import dev.rolecall.access.internal.limits.LookupSource;
import dev.rolecall.access.internal.limits.PeerLimit;
import dev.rolecall.access.internal.limits.Settlement;
import dev.rolecall.access.internal.metrics.LookupMetrics;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.FakeIssuer;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.ManualTime;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A credential that is known is never taken for one that is not, and nothing is counted for ever.
 */
@Tag("attack")
final class PendingFilterTest {

  private static final Verification.Refused NO =
      new Verification.Refused(RefusalReason.ISSUER_REFUSED);
  private static final LookupSource SOURCE = LookupSource.of("192.0.2.1", "ASIAEXAMPLE000000001");

  private final ManualTime time = new ManualTime();
  private final PendingFilter pending = new PendingFilter();
  private final VerificationCache answers =
      new VerificationCache(
          new CacheBounds(
              new CacheBound(100, 1 << 20), new CacheBound(100, 1 << 20), Duration.ofSeconds(10)),
          AccessRuntime.builder().clock(time).ticker(time::nanos).build(),
          new LookupMetrics(OpenTelemetry.noop()),
          pending);
  private final LookUps lookUps =
      new LookUps(
          new LookupGate(
              new LookupGate.Bounds(
                  new PeerLimit.Bound(1_000, 1_000),
                  new PeerLimit.Bound(1_000, 1_000),
                  new PeerLimit.Bound(1_000, 1_000)),
              time::nanos),
          new RetryAfter(new Random(1)),
          pending);
  private final Issuer issuer = new FakeIssuer();
  private final List<LookUps.Begun> underWay = new ArrayList<>();

  @Test
  void mayHave_strangersCredential_isFalse() {
    assertThat(pending.mayHave(credential(1))).isFalse();
  }

  @Test
  void mayHave_whileTheLookUpIsUnderWay_isTrue() {
    begin(1);
    assertThat(pending.mayHave(credential(1))).isTrue();
    assertThat(pending.mayHave(credential(2))).isFalse();

    underWay.get(0).finish(NO, Settlement.REFUSED);
    assertThat(pending.mayHave(credential(1))).isFalse();
  }

  @Test
  void mayHave_joined_isCountedOnce() {
    begin(1);
    begin(1);
    assertThat(underWay).hasSize(1);

    underWay.get(0).finish(NO, Settlement.REFUSED);
    assertThat(pending.mayHave(credential(1))).isFalse();
  }

  @Test
  void mayHave_whileTheRefusalIsRemembered_isTrue() {
    refuse(1);
    refuse(1);
    time.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(pending.mayHave(credential(1))).isTrue();

    time.advance(Duration.ofNanos(1));
    assertThat(answers.refusalsRemembered()).isZero();
    assertThat(pending.mayHave(credential(1))).isFalse();
  }

  @Test
  void mayHave_refusalsWithoutEnd_forgetsWhatTheCacheForgot() {
    for (int i = 0; i < 1_000; i++) {
      refuse(i);
    }
    assertThat(answers.refusalsRemembered()).isBetween(1L, 100L);
    long known = 0;
    for (int i = 0; i < 1_000; i++) {
      known += pending.mayHave(credential(i)) ? 1 : 0;
      assertThat(
              answers.refused(CredentialDigest.of(credential(i))).isPresent()
                  && !pending.mayHave(credential(i)))
          .isFalse();
    }
    assertThat(known).isLessThan(150);

    time.advance(Duration.ofSeconds(10));
    assertThat(answers.refusalsRemembered()).isZero();
    for (int i = 0; i < 1_000; i++) {
      assertThat(pending.mayHave(credential(i))).isFalse();
    }
  }

  private void begin(int number) {
    var unused =
        lookUps.join(
            CredentialDigest.of(credential(number)),
            SOURCE,
            issuer,
            UnaryOperator.identity(),
            underWay::add);
  }

  private void refuse(int number) {
    answers.remember(
        credential(number),
        CredentialDigest.of(credential(number)),
        new Finding(NO, Settlement.REFUSED));
  }

  private static CredentialKey credential(int number) {
    String text = "credential " + number;
    return new CredentialKey(text, text.hashCode() * 31);
  }
}
