package dev.rolecall.verifier.internal.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.RecordedTelemetry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and labels of the instruments of requests to STS. */
final class StsMetricsTest {

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final StsMetrics metrics = new StsMetrics(recorded.telemetry());

  @Test
  void requestsAndCircuits_areMeasuredByRegion() {
    metrics.answered(Duration.ofMillis(1_500), "eu-west-1", "ok");
    metrics.circuitChanged("eu-west-1", "opened");

    assertThat(recorded.sums())
        .containsOnly(
            Map.entry("rolecall.sts.request.duration{code=ok,region=eu-west-1}", 1.5),
            Map.entry("rolecall.sts.circuit.changes{region=eu-west-1,state=opened}", 1.0));
  }
}
