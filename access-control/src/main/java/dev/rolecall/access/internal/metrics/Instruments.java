package dev.rolecall.access.internal.metrics;

import dev.rolecall.identity.internal.DefectLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The maker of the instruments of the meter {@code rolecall}, which throw nothing. Labels come from
 * closed sets: reasons, results, registered methods and the names of rules; never a principal, a
 * session or a host that a peer chose.
 */
public final class Instruments {

  /**
   * In seconds, as OpenTelemetry's conventions have them for requests; its SDK's own default is
   * made for milliseconds.
   */
  private static final List<Double> BUCKETS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  /** What an instrument throws is logged once a kind, and changes nothing else. */
  private final DefectLog defects = new DefectLog(System.getLogger("rolecall.access"));

  private final Meter meter;

  /** Instruments whose measurements go there. */
  public Instruments(OpenTelemetry telemetry) {
    this.meter = telemetry.getMeter("rolecall");
  }

  /** Declares a counter. */
  public SteadyCounter counter(String name, String description) {
    return new SteadyCounter(
        meter.counterBuilder(name).setDescription(description).build(), defects);
  }

  /** Declares a histogram of seconds. */
  public SteadyHistogram seconds(String name, String description) {
    return seconds(name, description, BUCKETS);
  }

  /** Declares a histogram of seconds whose buckets end there: for times unlike a request's. */
  public SteadyHistogram seconds(String name, String description, List<Double> buckets) {
    return new SteadyHistogram(
        meter
            .histogramBuilder(name)
            .setUnit("s")
            .setDescription(description)
            .setExplicitBucketBoundariesAdvice(buckets)
            .build(),
        defects);
  }

  /**
   * Declares a gauge, which is read until it is closed.
   *
   * @param unit empty for a number of things
   * @param value must not block; NaN while there is nothing to tell
   */
  public ObservableDoubleGauge gauge(
      String name, String unit, String description, DoubleSupplier value) {
    return meter
        .gaugeBuilder(name)
        .setUnit(unit)
        .setDescription(description)
        .buildWithCallback(
            gauge -> {
              double now = value.getAsDouble();
              if (!Double.isNaN(now)) {
                gauge.record(now);
              }
            });
  }
}
