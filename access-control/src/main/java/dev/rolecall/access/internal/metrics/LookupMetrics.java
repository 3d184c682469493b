package dev.rolecall.access.internal.metrics;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;

/** The instruments of look-ups: how long they took, and what the caches knew. */
public final class LookupMetrics {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final AttributeKey<String> CACHE = AttributeKey.stringKey("cache");

  // Made once: a peer that sends unknown credentials has these counted for each.
  private static final Attributes VERIFIED_HIT = Attributes.of(CACHE, "verified", RESULT, "hit");
  private static final Attributes VERIFIED_MISS = Attributes.of(CACHE, "verified", RESULT, "miss");
  private static final Attributes REFUSED_HIT = Attributes.of(CACHE, "refused", RESULT, "hit");
  private static final Attributes REFUSED_MISS = Attributes.of(CACHE, "refused", RESULT, "miss");

  private final SteadyHistogram verificationDuration;
  private final SteadyCounter cacheLookups;

  /** Declares the instruments. */
  public LookupMetrics(OpenTelemetry telemetry) {
    Instruments made = new Instruments(telemetry);
    this.verificationDuration =
        made.seconds(
            "rolecall.server.verification.duration",
            "Time from a proof that had to be looked up to its verdict.");
    this.cacheLookups =
        made.counter("rolecall.cache.lookups", "Look-ups in a cache, by cache and result.");
  }

  /**
   * A look-up came to a verdict.
   *
   * @param result {@code verified}, or a reason's label
   */
  public void verified(Duration took, String result) {
    verificationDuration.record(took, Attributes.of(RESULT, result));
  }

  /** The cache of verified callers was asked. */
  public void verifiedLookedUp(boolean hit) {
    cacheLookups.add(1, hit ? VERIFIED_HIT : VERIFIED_MISS);
  }

  /** The cache of refusals was asked. */
  public void refusedLookedUp(boolean hit) {
    cacheLookups.add(1, hit ? REFUSED_HIT : REFUSED_MISS);
  }
}
