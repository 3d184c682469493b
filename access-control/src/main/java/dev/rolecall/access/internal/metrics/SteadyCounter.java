package dev.rolecall.access.internal.metrics;

import dev.rolecall.identity.internal.DefectLog;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;

/** A counter that throws nothing: a metric is no reason to refuse a call, or to leave one open. */
public final class SteadyCounter {

  private final LongCounter counter;
  private final DefectLog defects;

  SteadyCounter(LongCounter counter, DefectLog defects) {
    this.counter = counter;
    this.defects = defects;
  }

  /** Adds. */
  public void add(long value, Attributes attributes) {
    try {
      counter.add(value, attributes);
    } catch (Throwable e) {
      defects.write(e);
    }
  }
}
