package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.store.Outcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The metrics of a store: how long its work takes, waiting included, and how it comes out; and how
 * long ago it was last read for news.
 */
final class StoreMetrics implements AutoCloseable {

  /** The operation that reads news. */
  static final String NEWS = "read_news";

  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("operation");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final DoubleHistogram duration;
  private final ObservableDoubleGauge age;
  private final LongSupplier ticker;
  private volatile long newsRead;

  StoreMetrics(Meter meter, LongSupplier ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    this.newsRead = ticker.getAsLong();
    this.age =
        meter
            .gaugeBuilder("rolecall.access.feed.age")
            .setUnit("s")
            .setDescription("The time since this node last read the store for news")
            .buildWithCallback(gauge -> gauge.record((ticker.getAsLong() - newsRead) / 1e9));
    this.duration =
        meter
            .histogramBuilder("rolecall.access.store.duration")
            .setUnit("s")
            .setDescription("The time that the store took for one transaction, waiting included")
            .build();
  }

  void took(String operation, Outcome<?> outcome, long nanos) {
    if (operation.equals(NEWS) && outcome instanceof Outcome.Done) {
      newsRead = ticker.getAsLong();
    }
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

  @Override
  public void close() {
    age.close();
  }
}
