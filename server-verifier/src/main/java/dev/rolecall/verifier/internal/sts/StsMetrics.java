package dev.rolecall.verifier.internal.sts;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.internal.metrics.SteadyHistogram;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;

/**
 * The instruments of requests to STS. Labels are Regions of the endpoint table and codes of a
 * closed set; never text from an answer.
 */
final class StsMetrics {

  private static final AttributeKey<String> REGION = AttributeKey.stringKey("region");
  private static final AttributeKey<String> CODE = AttributeKey.stringKey("code");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");

  private final SteadyHistogram requestDuration;
  private final SteadyCounter circuitChanges;

  StsMetrics(OpenTelemetry telemetry) {
    Instruments made = new Instruments(telemetry);
    this.requestDuration =
        made.seconds(
            "rolecall.sts.request.duration",
            "Time of one request to STS, by Region and error code.");
    this.circuitChanges =
        made.counter(
            "rolecall.sts.circuit.changes",
            "Endpoints of STS no longer asked, or asked again, by Region.");
  }

  /**
   * One request to STS ended.
   *
   * @param code {@code ok}, an STS error code of the table, or a word for a failure without one
   */
  void answered(Duration took, String region, String code) {
    requestDuration.record(took, Attributes.of(REGION, region, CODE, code));
  }

  /**
   * An endpoint's circuit changed its state.
   *
   * @param state {@code opened} or {@code closed}
   */
  void circuitChanged(String region, String state) {
    circuitChanges.add(1, Attributes.of(REGION, region, STATE, state));
  }
}
