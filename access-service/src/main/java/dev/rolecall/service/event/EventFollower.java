package dev.rolecall.service.event;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Batches;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Reads all events after a revision, in order, each once. It keeps no event: a consumer that is
 * slow holds it up. Blocks no thread.
 */
final class EventFollower {

  private static final int PAGE = 100;

  private final AccessStore store;
  private final Consumer<AccessEvent> consumer;
  private final Batches pages;
  private volatile long after;

  /** Begins after a revision. */
  EventFollower(
      AccessStore store, long after, Consumer<AccessEvent> consumer, AccessRuntime runtime) {
    this.store = requireNonNull(store, "store");
    this.consumer = requireNonNull(consumer, "consumer");
    this.after = after;
    this.pages = new Batches(runtime.supervisor(), SupervisedTask.ACCESS_AUDIT.label(), this::page);
  }

  /** Reads what is new. */
  void wake() {
    pages.wake();
  }

  /** The revision up to which events have been handed on. */
  long after() {
    return after;
  }

  private CompletionStage<Boolean> page() {
    return store
        .events(new EventFilter(after, Optional.empty(), Optional.empty()), PageKey.first(PAGE))
        .thenApply(this::take);
  }

  private boolean take(Outcome<Page<AccessEvent>> outcome) {
    if (!(outcome instanceof Outcome.Done<Page<AccessEvent>> page)) {
      return false;
    }
    for (AccessEvent event : page.value().items()) {
      // Past it first: an event that its consumer cannot take does not come again for ever.
      after = event.revision();
      consumer.accept(event);
    }
    return page.value().next().isPresent();
  }
}
