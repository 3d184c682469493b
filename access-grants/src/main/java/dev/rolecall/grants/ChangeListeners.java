package dev.rolecall.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Listeners;
import java.util.concurrent.atomic.AtomicInteger;

/** The listeners to changes. What one throws keeps no other from hearing. */
final class ChangeListeners {

  private final AccessRuntime runtime;
  private final Listeners<Runnable> listeners = new Listeners<>();
  private final AtomicInteger count = new AtomicInteger();

  ChangeListeners(AccessRuntime runtime) {
    this.runtime = requireNonNull(runtime, "runtime");
  }

  Grants.Registration add(Runnable listener) {
    Runnable removal = listeners.add(listener);
    count.incrementAndGet();
    return new Registered(
        () -> {
          removal.run();
          count.decrementAndGet();
        });
  }

  /** Runs each of them here; false if there is none. */
  boolean tell() {
    listeners.forEach(each -> runtime.supervisor().run(SupervisedTask.GRANT_FEED.label(), each));
    return count.get() > 0;
  }

  /** A registration that ends once. */
  private static final class Registered implements Grants.Registration {

    private final Runnable end;
    private boolean ended;

    Registered(Runnable end) {
      this.end = end;
    }

    @Override
    public synchronized void close() {
      if (!ended) {
        ended = true;
        end.run();
      }
    }
  }
}
