package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyHistogram;
import dev.rolecall.service.store.Outcome;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The metrics of a store: how long its work takes, waiting included, and how it comes out; and how
 * long ago it was last read for news, and swept.
 */
final class StoreMetrics implements AutoCloseable {

  /** The operation that reads news. */
  static final String NEWS = "read_news";

  /** The operation that writes down what time has done. */
  static final String SWEEP = "sweep";

  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("operation");
  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

  private final SteadyHistogram duration;
  private final ObservableDoubleGauge newsAge;
  private final ObservableDoubleGauge sweepAge;
  private final LongSupplier ticker;
  private final AtomicLong newsRead;
  private final AtomicLong swept;

  StoreMetrics(OpenTelemetry telemetry, LongSupplier ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    this.newsRead = new AtomicLong(ticker.getAsLong());
    this.swept = new AtomicLong(ticker.getAsLong());
    Instruments made = new Instruments(telemetry);
    this.newsAge =
        made.gauge(
            "rolecall.access.feed.age",
            "s",
            "The time since this node last read the store for news.",
            () -> age(newsRead));
    this.sweepAge =
        made.gauge(
            "rolecall.access.sweep.age",
            "s",
            "The time since this node last wrote down what time has done.",
            () -> age(swept));
    this.duration =
        made.seconds(
            "rolecall.access.store.duration",
            "The time that the store took for one transaction, waiting included.");
  }

  private double age(AtomicLong last) {
    return (ticker.getAsLong() - last.get()) / 1e9;
  }

  void took(String operation, Outcome<?> outcome, long nanos) {
    if (outcome instanceof Outcome.Done) {
      done(operation);
    }
    record(
        operation,
        outcome.fold(
            done -> "done",
            refused -> "refused",
            outage -> outage.kind().name().toLowerCase(Locale.ROOT)),
        nanos);
  }

  private void done(String operation) {
    if (operation.equals(NEWS)) {
      newsRead.set(ticker.getAsLong());
    } else if (operation.equals(SWEEP)) {
      swept.set(ticker.getAsLong());
    }
  }

  void defect(String operation, long nanos) {
    record(operation, "defect", nanos);
  }

  private void record(String operation, String outcome, long nanos) {
    duration.record(Duration.ofNanos(nanos), Attributes.of(OPERATION, operation, OUTCOME, outcome));
  }

  @Override
  public void close() {
    newsAge.close();
    sweepAge.close();
  }
}
