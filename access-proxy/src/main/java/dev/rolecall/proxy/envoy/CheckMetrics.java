package dev.rolecall.proxy.envoy;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.internal.metrics.SteadyHistogram;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The metrics of a checker. No label has a word that a peer chose. */
final class CheckMetrics {

  /** The label of the audience where it is not one of the checker's. */
  static final String UNKNOWN = "unknown";

  private static final AttributeKey<String> AUDIENCE = AttributeKey.stringKey("audience");
  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");

  private final SteadyCounter checks;
  private final SteadyHistogram times;
  private final Map<String, Labels> made = new ConcurrentHashMap<>();

  CheckMetrics(OpenTelemetry telemetry) {
    Instruments instruments = new Instruments(telemetry);
    this.checks =
        instruments.counter(
            "rolecall.checker.checks",
            "Checks that Envoy asked for, by audience and by result: allowed, the reason of the"
                + " refusal, audience_unknown, or cancelled.");
    this.times =
        instruments.seconds(
            "rolecall.checker.duration",
            "The time from a Check to its answer, with the wait for an issuer, by audience.");
  }

  /** A Check is over. */
  void checked(String audience, String result, Duration time) {
    Labels labels = made.get(audience);
    if (labels == null) {
      labels = made.computeIfAbsent(audience, Labels::of);
    }
    checks.add(1, labels.with(result));
    times.record(time, labels.audience());
  }

  /**
   * The labels of an audience, which are made once: to make them costs more than to count. Both the
   * audiences and the results are few.
   */
  private record Labels(Attributes audience, Map<String, Attributes> byResult) {

    static Labels of(String audience) {
      return new Labels(Attributes.of(AUDIENCE, audience), new ConcurrentHashMap<>());
    }

    Attributes with(String result) {
      Attributes known = byResult.get(result);
      return known != null
          ? known
          : byResult.computeIfAbsent(
              result, name -> audience.toBuilder().put(RESULT, name).build());
    }
  }
}
