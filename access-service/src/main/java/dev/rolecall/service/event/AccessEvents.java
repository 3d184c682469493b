package dev.rolecall.service.event;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Batches;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells others of events: an audit trail, a webhook, metrics. It begins once the store has said
 * where its history stands, and tells of the events after that. It goes on under the new epoch once
 * there is one. The whole history is in the store.
 *
 * <p>Every node writes the audit trail of all nodes: {@code metadata.uid} is the same for the same
 * event. Blocks no thread. Safe for use by many threads.
 */
public final class AccessEvents implements AutoCloseable {

  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final AccessStore store;
  private final AccessRuntime runtime;
  private final Optional<Webhook> webhook;
  private final Consumer<String> audit;
  private final AccessMetrics metrics;
  private final Future<?> refresh;
  private final AccessStore.Listening listening;
  private final Batches questions;
  private final CountDownLatch begun = new CountDownLatch(1);

  /** Guarded by this. */
  private @Nullable Targets targets;

  private AccessEvents(
      AccessStore store, AccessRuntime runtime, Optional<Webhook> webhook, Consumer<String> audit) {
    this.store = requireNonNull(store, "store");
    this.runtime = requireNonNull(runtime, "runtime");
    this.webhook = requireNonNull(webhook, "webhook");
    this.audit = requireNonNull(audit, "audit");
    this.questions =
        new Batches(runtime.supervisor(), SupervisedTask.ACCESS_AUDIT.label(), this::ask);
    this.metrics = new AccessMetrics(store, runtime.telemetry(), webhook.isPresent());
    runtime.supervising(
        SupervisedTask.ACCESS_AUDIT, SupervisedTask.ACCESS_METRICS, SupervisedTask.ACCESS_WEBHOOK);
    this.refresh =
        runtime
            .supervisor()
            .pausing(
                REFRESH, runtime.timer(), SupervisedTask.ACCESS_METRICS.label(), metrics::refresh);
    try {
      this.listening = store.onNews(questions::wake);
    } catch (RuntimeException | Error e) {
      refresh.cancel(false);
      metrics.close();
      throw e;
    }
  }

  /**
   * Begins, with the audit trail to the logger {@code rolecall.audit} at INFO: one OCSF 1.8 event a
   * line.
   *
   * @param store stays open until this is closed
   * @param webhook an address that each event is posted to, if any
   */
  public static AccessEvents start(
      AccessStore store, AccessRuntime runtime, Optional<Webhook> webhook) {
    System.Logger logger = System.getLogger("rolecall.audit");
    return start(
        store, runtime, webhook, line -> logger.log(System.Logger.Level.INFO, "{0}", line));
  }

  /**
   * The same, with the lines of the audit trail to a consumer.
   *
   * @param audit takes one line at a time, on a thread of the store; must not block
   */
  public static AccessEvents start(
      AccessStore store, AccessRuntime runtime, Optional<Webhook> webhook, Consumer<String> audit) {
    AccessEvents events = new AccessEvents(store, runtime, webhook, audit);
    events.questions.wake();
    return events;
  }

  /**
   * Waits until the store has said where its history stands. Events after that are told; one that
   * comes earlier may be missed.
   *
   * @return false if that takes longer, or this thread is interrupted
   */
  public boolean awaitFirst(Duration patience) {
    try {
      return begun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks for the epoch first: receivers know an event by that and its revision. */
  private CompletionStage<Boolean> ask() {
    return store
        .position()
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Done<Position> position) {
                goOn(position.value());
              }
              return false;
            });
  }

  private synchronized void goOn(Position position) {
    if (questions.isClosed()) {
      return;
    }
    Targets known = targets;
    if (known == null || !known.epoch().equals(position.epoch())) {
      known = begin(position, Optional.ofNullable(known));
      targets = known;
      begun.countDown();
    }
    known.wake();
  }

  /** After a restore the revisions may have gone back. */
  private Targets begin(Position position, Optional<Targets> before) {
    before.flatMap(Targets::delivery).ifPresent(WebhookDelivery::close);
    long after =
        before
            .map(known -> Math.min(known.follower().after(), position.revision()))
            .orElse(position.revision());
    return new Targets(
        position.epoch(),
        new EventFollower(store, after, event -> tell(event, position.epoch()), runtime),
        webhook.map(to -> new WebhookDelivery(to, store, position.epoch(), runtime)));
  }

  private void tell(AccessEvent event, String epoch) {
    runtime
        .supervisor()
        .run(SupervisedTask.ACCESS_AUDIT.label(), () -> audit.accept(OcsfEvent.of(event, epoch)));
    runtime.supervisor().run(SupervisedTask.ACCESS_METRICS.label(), () -> metrics.count(event));
  }

  @Override
  public synchronized void close() {
    questions.close();
    refresh.cancel(false);
    listening.close();
    metrics.close();
    Targets known = targets;
    if (known != null) {
      known.delivery().ifPresent(WebhookDelivery::close);
    }
  }

  /**
   * The work that news wakes, in one history.
   *
   * @param epoch the history
   * @param follower for the audit trail and metrics
   * @param delivery for the webhook
   */
  private record Targets(String epoch, EventFollower follower, Optional<WebhookDelivery> delivery) {

    void wake() {
      follower.wake();
      delivery.ifPresent(WebhookDelivery::wake);
    }
  }
}
