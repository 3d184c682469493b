package dev.rolecall.service.store.sql;

import dev.rolecall.service.store.Outcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.Locale;

/** The metrics of a store: how long its work takes, waiting included, and how it comes out. */
final class StoreMetrics {

  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("operation");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final DoubleHistogram duration;

  StoreMetrics(Meter meter) {
    this.duration =
        meter
            .histogramBuilder("rolecall.access.store.duration")
            .setUnit("s")
            .setDescription("The time that the store took for one transaction, waiting included")
            .build();
  }

  void took(String operation, Outcome<?> outcome, long nanos) {
    record(
        operation,
        outcome.fold(
            done -> "done",
            refused -> "refused",
            outage -> outage.kind().name().toLowerCase(Locale.ROOT)),
        nanos);
  }

  void defect(String operation, long nanos) {
    record(operation, "defect", nanos);
  }

  private void record(String operation, String outcome, long nanos) {
    duration.record(nanos / 1e9, Attributes.of(OPERATION, operation, OUTCOME, outcome));
  }
}
