package dev.rolecall.service.store.internal.database;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.store.AccessStore.Listening;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners that wait for news. Safe for use by many threads. */
public final class NewsSignal {

  private static final System.Logger LOG = System.getLogger("rolecall.access.store");

  private final List<Registered> listeners = new CopyOnWriteArrayList<>();

  /** A signal without listeners. */
  public NewsSignal() {}

  /** Adds a listener. */
  public Listening add(Runnable listener) {
    Registered added = new Registered(listener);
    listeners.add(added);
    return () -> listeners.remove(added);
  }

  /** Runs all listeners here, errors of theirs notwithstanding. Threads may do so at once. */
  public void fire() {
    for (Registered each : listeners) {
      try {
        each.listener.run();
      } catch (RuntimeException | Error e) {
        // Going on is safe: the others have their own work, and this one is told again.
        LOG.log(System.Logger.Level.ERROR, "a listener for news threw", e);
      }
    }
  }

  /** An object apart: one listener may be added twice, and each registration ends alone. */
  private static final class Registered {

    private final Runnable listener;

    Registered(Runnable listener) {
      this.listener = requireNonNull(listener, "listener");
    }
  }
}
