package dev.rolecall.access.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.RecordedTelemetry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and labels of the instruments of look-ups. */
final class LookupMetricsTest {

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final LookupMetrics metrics = new LookupMetrics(recorded.telemetry());

  @Test
  void verdictsAndCaches_areMeasuredByResult() {
    metrics.verified(Duration.ofMillis(20), "verified");
    metrics.verifiedLookedUp(true);
    metrics.verifiedLookedUp(false);
    metrics.refusedLookedUp(true);
    metrics.refusedLookedUp(false);

    assertThat(recorded.sums())
        .containsOnly(
            Map.entry("rolecall.server.verification.duration{result=verified}", 0.02),
            Map.entry("rolecall.cache.lookups{cache=verified,result=hit}", 1.0),
            Map.entry("rolecall.cache.lookups{cache=verified,result=miss}", 1.0),
            Map.entry("rolecall.cache.lookups{cache=refused,result=hit}", 1.0),
            Map.entry("rolecall.cache.lookups{cache=refused,result=miss}", 1.0));
  }
}
