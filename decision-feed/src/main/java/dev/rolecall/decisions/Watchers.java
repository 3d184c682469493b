package dev.rolecall.decisions;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** The streams that are open, and the tick of a second while there are any. */
final class Watchers {

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final String TASK = SupervisedTask.DECISION_RECORD.label();

  private static final Status CLOSED =
      Status.UNAVAILABLE.withDescription("the decision feed is closed: the server is stopping");

  private final AccessRuntime runtime;
  private final int most;
  private final Set<Watcher> open = new LinkedHashSet<>();
  private @Nullable ScheduledFuture<?> ticks;
  private boolean closed;

  Watchers(AccessRuntime runtime, int most) {
    this.runtime = runtime;
    this.most = most;
  }

  /** Adds a stream; what is wrong if it cannot be added. */
  synchronized Optional<Status> add(Watcher added) {
    if (closed) {
      return Optional.of(CLOSED);
    }
    if (open.size() >= most) {
      return Optional.of(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "too many watch this server's decisions (expected: at most "
                  + most
                  + " at once); try again later"));
    }
    try {
      if (ticks == null) {
        ticks = runtime.supervisor().every(TICK, runtime.walks(), TASK, this::tick);
      }
    } catch (RejectedExecutionException e) {
      // The server's threads have ended, and the server with them.
      return Optional.of(CLOSED);
    }
    open.add(added);
    return Optional.empty();
  }

  synchronized void remove(Watcher gone) {
    open.remove(gone);
    if (open.isEmpty() && ticks != null) {
      ticks.cancel(false);
      ticks = null;
    }
  }

  /** Not on the thread that times: a message is made for each stream. */
  private void tick() {
    runtime
        .supervisor()
        .execute(
            runtime.application(),
            TASK,
            () -> all().forEach(each -> runtime.supervisor().run(TASK, each::send)));
  }

  private synchronized List<Watcher> all() {
    return new ArrayList<>(open);
  }

  /** Ends all streams, and refuses those to come. */
  void close() {
    List<Watcher> ending;
    synchronized (this) {
      closed = true;
      ending = all();
    }
    for (Watcher each : ending) {
      remove(each);
      runtime.supervisor().run(TASK, () -> each.end(CLOSED));
    }
  }
}
