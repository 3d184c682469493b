package dev.rolecall.service.event;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Statistics;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of requests and grants. Each node reports those of the whole store: over several
 * nodes, take the maximum and not the sum. Labels come from closed sets.
 */
final class AccessMetrics implements AutoCloseable {

  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> DECISION = AttributeKey.stringKey("decision");
  private static final Set<EventKind> APPROVALS =
      Set.of(EventKind.REQUEST_APPROVED, EventKind.GRANT_EXTENDED);
  private static final List<Double> BUCKETS =
      List.of(10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 14400.0, 28800.0);

  private final AccessStore store;
  private final boolean delivers;
  private final Instruments made;
  private final SteadyCounter events;
  private final DoubleHistogram wait;
  private final List<ObservableDoubleGauge> gauges = new ArrayList<>();
  private volatile Statistics newest = Statistics.NONE;

  /**
   * The metrics of a store.
   *
   * @param delivers whether this node posts events; without that none wait
   */
  AccessMetrics(AccessStore store, OpenTelemetry telemetry, boolean delivers) {
    this.store = requireNonNull(store, "store");
    this.delivers = delivers;
    this.made = new Instruments(telemetry);
    this.events =
        made.counter(
            "rolecall.access.events", "Changes of requests, grants, locks and keys, by kind.");
    this.wait =
        telemetry
            .getMeter("rolecall")
            .histogramBuilder("rolecall.access.review.wait")
            .setUnit("s")
            .setDescription("The time from a request to its decision, by decision.")
            .setExplicitBucketBoundariesAdvice(BUCKETS)
            .build();
    gauge(
        "rolecall.access.requests.pending",
        "",
        "Requests that wait for a decision.",
        Statistics::pending);
    gauge(
        "rolecall.access.requests.oldest",
        "s",
        "How long the oldest of these requests has waited.",
        each -> seconds(each.oldestPending()));
    gauge("rolecall.access.grants.active", "", "Grants that hold now.", Statistics::activeGrants);
    gauge("rolecall.access.locks", "", "Locks that hold now.", Statistics::locks);
    gauge(
        "rolecall.access.post_reviews.open",
        "",
        "Emergency access that waits for its review.",
        Statistics::openPostReviews);
    gauge(
        "rolecall.access.outbox.waiting",
        "",
        "Events to deliver, zero without a webhook.",
        each -> each.lag().waiting());
    gauge(
        "rolecall.access.outbox.age",
        "s",
        "How long the oldest of these events has waited.",
        each -> seconds(each.lag().oldest()));
  }

  private void gauge(String name, String unit, String meaning, ToDoubleFunction<Statistics> value) {
    gauges.add(made.gauge(name, unit, meaning, () -> value.applyAsDouble(newest)));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** Asks the store for the gauges. */
  void refresh() {
    store
        .statistics()
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Done<Statistics> done) {
                newest = delivers ? done.value() : done.value().withoutLag();
              }
            });
  }

  Statistics newest() {
    return newest;
  }

  void count(AccessEvent event) {
    events.add(1, Attributes.of(KIND, event.kind().map(EventKind::word).orElse("other")));
    if (event.kind().filter(APPROVALS::contains).isPresent()) {
      recordWait(event, "approved");
    } else if (event.kind().filter(EventKind.REQUEST_DENIED::equals).isPresent()) {
      recordWait(event, "denied");
    }
  }

  private void recordWait(AccessEvent event, String decision) {
    Details.of(event)
        .get("created_at")
        .ifPresent(
            text -> {
              try {
                double seconds = seconds(Duration.between(Instant.parse(text), event.at()));
                wait.record(Math.max(0, seconds), Attributes.of(DECISION, decision));
              } catch (DateTimeParseException e) {
                // Going on is safe: an event of another program has no wait here.
              }
            });
  }

  @Override
  public void close() {
    gauges.forEach(ObservableDoubleGauge::close);
  }
}
