package dev.rolecall.access.lookup;

import dev.rolecall.access.internal.limits.LookupSource;
import dev.rolecall.access.internal.metrics.LookupMetrics;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Verification;
import java.time.Duration;

/**
 * The memory of a look-up: what is known already, what is being found out, and which credentials
 * neither can be.
 */
record LookupMemory(
    VerificationCache cache, LookUps lookUps, PendingFilter pending, LookupMetrics metrics) {

  static LookupMemory empty(LookupLimits limits, CacheBounds bounds, AccessRuntime runtime) {
    PendingFilter pending = new PendingFilter();
    LookupMetrics metrics = new LookupMetrics(runtime.telemetry());
    return new LookupMemory(
        new VerificationCache(bounds, runtime, metrics, pending),
        new LookUps(limits.gate(runtime.ticker()), new RetryAfter(runtime.random()), pending),
        pending,
        metrics);
  }

  /** Whether the credential is neither known nor being looked up, and may not be. */
  boolean turnsAway(CredentialKey key, LookupSource source, Issuer issuer) {
    if (pending.mayHave(key) || !lookUps.turnsAway(source, issuer)) {
      return false;
    }
    cache.notRefused();
    return true;
  }

  /** Counts a verdict. */
  void ended(long nanos, Verification verification) {
    metrics.verified(
        Duration.ofNanos(nanos),
        verification.fold(
            verified -> "verified",
            refused -> refused.reason().label(),
            unavailable -> unavailable.reason().label()));
  }
}
