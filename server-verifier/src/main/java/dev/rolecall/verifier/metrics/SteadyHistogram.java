package dev.rolecall.verifier.metrics;

import dev.rolecall.identity.internal.DefectLog;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;

/** A histogram that throws nothing, like {@link SteadyCounter}. */
final class SteadyHistogram {

  private final DoubleHistogram histogram;
  private final DefectLog defects;

  SteadyHistogram(DoubleHistogram histogram, DefectLog defects) {
    this.histogram = histogram;
    this.defects = defects;
  }

  void record(double value, Attributes attributes) {
    try {
      histogram.record(value, attributes);
    } catch (Throwable e) {
      defects.write(e);
    }
  }
}
