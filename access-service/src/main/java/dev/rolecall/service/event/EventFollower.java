package dev.rolecall.service.event;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.Outcome;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Reads all events after a revision, in order, each once. It keeps no event: a consumer that is
 * slow holds it up. Blocks no thread.
 */
final class EventFollower {

  private static final int PAGE = 100;

  private final AccessStore store;
  private final Consumer<AccessEvent> consumer;
  private final Consumer<Throwable> defects;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile long after;

  /**
   * Begins after a revision.
   *
   * @param defects is told of what keeps it from reading on
   */
  EventFollower(
      AccessStore store, long after, Consumer<AccessEvent> consumer, Consumer<Throwable> defects) {
    this.store = requireNonNull(store, "store");
    this.consumer = requireNonNull(consumer, "consumer");
    this.defects = requireNonNull(defects, "defects");
    this.after = after;
  }

  /** Reads what is new, unless that runs already. */
  void wake() {
    if (running.compareAndSet(false, true)) {
      next();
    }
  }

  /** The revision up to which events have been handed on. */
  long after() {
    return after;
  }

  private void next() {
    store
        .events(new EventFilter(after, Optional.empty(), Optional.empty()), PageKey.first(PAGE))
        .whenComplete(
            (outcome, defect) -> {
              boolean more = false;
              try {
                if (defect != null) {
                  defects.accept(defect);
                }
                more = defect == null && take(outcome);
              } finally {
                if (more) {
                  next();
                } else {
                  running.set(false);
                }
              }
            });
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
