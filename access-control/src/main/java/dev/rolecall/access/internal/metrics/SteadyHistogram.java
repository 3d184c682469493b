package dev.rolecall.access.internal.metrics;

import dev.rolecall.identity.internal.DefectLog;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.time.Duration;

/** A histogram of seconds that throws nothing, like {@link SteadyCounter}. */
public final class SteadyHistogram {

  private final DoubleHistogram histogram;
  private final DefectLog defects;

  SteadyHistogram(DoubleHistogram histogram, DefectLog defects) {
    this.histogram = histogram;
    this.defects = defects;
  }

  /** Records a time. */
  public void record(Duration time, Attributes attributes) {
    try {
      histogram.record(time.toNanos() / 1e9, attributes);
    } catch (Throwable e) {
      defects.write(e);
    }
  }
}
