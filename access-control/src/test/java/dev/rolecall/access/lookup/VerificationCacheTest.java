package dev.rolecall.access.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.internal.limits.Settlement;
import dev.rolecall.access.internal.metrics.LookupMetrics;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.ManualTime;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The answers that are remembered, for how long, and how many. */
@Tag("attack")
final class VerificationCacheTest {

  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Duration REFUSAL_LIFE = Duration.ofSeconds(10);
  private static final Duration NANO = Duration.ofNanos(1);

  private final ManualTime time = new ManualTime();

  private VerificationCache cache(CacheBounds bounds) {
    return new VerificationCache(
        bounds.withRefusalLife(REFUSAL_LIFE),
        AccessRuntime.builder().clock(time).ticker(time::nanos).build(),
        new LookupMetrics(OpenTelemetry.noop()),
        new PendingFilter());
  }

  private final VerificationCache cache = cache(CacheBounds.ofDefaults());

  private static CredentialKey key(int number) {
    return new CredentialKey("credential " + number, number * 31);
  }

  private void remember(
      VerificationCache cache, int number, Verification answer, Settlement settlement) {
    CredentialKey key = key(number);
    cache.remember(key, CredentialDigest.of(key), new Finding(answer, settlement));
  }

  private Verification.Verified yes() {
    return new Verification.Verified(FakeScheme.caller("checkout", time.instant().plus(LIFE)));
  }

  private static Verification.Refused no(Optional<FakeScheme.Claims> facts) {
    return new Verification.Refused(RefusalReason.ISSUER_REFUSED, facts.map(each -> each));
  }

  private static boolean isRefused(VerificationCache cache, int number) {
    return cache.refused(CredentialDigest.of(key(number))).isPresent();
  }

  @Test
  void verified_untilItsCredentialLapses_isRemembered() {
    Verification.Verified yes = yes();
    remember(cache, 0, yes, Settlement.USEFUL);
    time.advance(LIFE);
    assertThat(cache.verified(key(0))).containsSame(yes);
    assertThat(cache.verified(key(1))).isEmpty();
    assertThat(isRefused(cache, 0)).isFalse();

    time.advance(NANO);
    assertThat(cache.verified(key(0))).isEmpty();
  }

  @Test
  void verified_clockSetBack_lapsesByElapsedTime() {
    remember(cache, 0, yes(), Settlement.USEFUL);
    time.advance(LIFE.plus(NANO));
    time.setClock(ManualTime.START);
    assertThat(cache.verified(key(0))).isEmpty();
  }

  @Test
  void verified_lapsedAlready_isNotRemembered() {
    Verification.Verified yes = yes();
    time.advance(LIFE.plusSeconds(1));
    remember(cache, 0, yes, Settlement.USEFUL);
    assertThat(cache.verified(key(0))).isEmpty();
  }

  @Test
  void refused_isRememberedForItsLifeFromTheFirstRefusal() {
    remember(cache, 0, no(Optional.empty()), Settlement.REFUSED);
    time.advance(REFUSAL_LIFE.minus(NANO));
    assertThat(isRefused(cache, 0)).isTrue();
    assertThat(cache.verified(key(0))).isEmpty();
    remember(cache, 0, no(Optional.empty()), Settlement.REFUSED);

    time.advance(NANO);
    assertThat(isRefused(cache, 0)).isFalse();
  }

  @Test
  void unavailable_isNotRemembered() {
    remember(
        cache,
        0,
        new Verification.Unavailable(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty()),
        Settlement.UNANSWERED);
    assertThat(cache.verified(key(0))).isEmpty();
    assertThat(isRefused(cache, 0)).isFalse();
    assertThat(cache.meanwhile(key(0), CredentialDigest.of(key(0)))).isEmpty();
  }

  @Test
  void meanwhile_findsEitherAnswer() {
    Verification.Verified yes = yes();
    Verification.Refused no = no(Optional.empty());
    remember(cache, 0, yes, Settlement.USEFUL);
    remember(cache, 1, no, Settlement.REFUSED);
    assertThat(cache.meanwhile(key(0), CredentialDigest.of(key(0)))).containsSame(yes);
    assertThat(cache.meanwhile(key(1), CredentialDigest.of(key(1)))).containsSame(no);
  }

  @Test
  void callersOfNoUse_withoutEnd_pushOutNoneThatIsOfUse() {
    VerificationCache small = cache(CacheBounds.ofDefaults().withVerified(160, 1 << 20));
    for (int i = 0; i < 100; i++) {
      remember(small, i, yes(), Settlement.USEFUL);
    }
    for (int i = 1_000; i < 3_000; i++) {
      remember(small, i, yes(), Settlement.OF_NO_USE);
    }
    int useful = 0;
    int ofNoUse = 0;
    for (int i = 0; i < 3_000; i++) {
      int found = small.verified(key(i)).isPresent() ? 1 : 0;
      useful += i < 100 ? found : 0;
      ofNoUse += i >= 1_000 ? found : 0;
    }
    assertThat(useful).isEqualTo(100);
    assertThat(ofNoUse).as("a sixteenth of the space").isBetween(5, 10);
  }

  @Test
  void verified_moreThanTheBound_areRememberedUpToIt() {
    VerificationCache few = cache(CacheBounds.ofDefaults().withVerified(50, 1 << 20));
    VerificationCache light = cache(CacheBounds.ofDefaults().withVerified(1_000, 16 << 10));
    for (int i = 0; i < 500; i++) {
      remember(few, i, yes(), Settlement.USEFUL);
      remember(light, i, yes(), Settlement.USEFUL);
    }
    int inFew = 0;
    int inLight = 0;
    for (int i = 0; i < 500; i++) {
      inFew += few.verified(key(i)).isPresent() ? 1 : 0;
      inLight += light.verified(key(i)).isPresent() ? 1 : 0;
    }
    assertThat(inFew).isBetween(45, 50);
    assertThat(inLight).as("1 KiB each, and twice the text").isBetween(13, 15);
  }

  @Test
  void verified_longCredentials_countForTwiceTheirText() {
    VerificationCache cache = cache(CacheBounds.ofDefaults().withVerified(1_000, 96 << 10));
    int found = 0;
    for (int i = 0; i < 200; i++) {
      CredentialKey key = new CredentialKey("x".repeat(4_000) + i, i * 31);
      cache.remember(key, CredentialDigest.of(key), new Finding(yes(), Settlement.USEFUL));
    }
    for (int i = 0; i < 200; i++) {
      CredentialKey key = new CredentialKey("x".repeat(4_000) + i, i * 31);
      found += cache.verified(key).isPresent() ? 1 : 0;
    }
    assertThat(found).as("9 KiB each").isBetween(8, 10);
  }

  @Test
  void refused_moreBytesThanTheBound_areRememberedUpToIt() {
    VerificationCache light = cache(CacheBounds.ofDefaults().withRefused(1_000, 40_000));
    VerificationCache heavy = cache(CacheBounds.ofDefaults().withRefused(1_000, 40_000));
    for (int i = 0; i < 500; i++) {
      remember(light, i, no(Optional.empty()), Settlement.REFUSED);
      remember(
          heavy, i, no(Optional.of(new FakeScheme.Claims("x".repeat(400)))), Settlement.REFUSED);
    }
    assertThat(light.refusalsRemembered()).isBetween(95L, 100L);
    assertThat(heavy.refusalsRemembered()).isBetween(45L, 50L);
  }
}
