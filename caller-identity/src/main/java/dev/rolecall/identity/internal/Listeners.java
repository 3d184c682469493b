package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The listeners to one kind of event, in the order they came. Safe for use by many threads. */
public final class Listeners<T> {

  private final List<Registered<T>> all = new CopyOnWriteArrayList<>();

  /** Nothing listens yet. */
  public Listeners() {}

  /**
   * Adds a listener; one that is added twice hears twice.
   *
   * @return what removes it, once or more often
   */
  public Runnable add(T listener) {
    Registered<T> registered = new Registered<>(requireNonNull(listener, "listener"));
    all.add(registered);
    return () -> all.remove(registered);
  }

  /** Hands each listener over, in order. What the action throws ends the round. */
  public void forEach(Consumer<T> action) {
    all.forEach(each -> action.accept(each.one));
  }

  /** Whether nothing listens. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** A plain class: the same may be registered twice, and each is removed by itself. */
  private static final class Registered<T> {

    final T one;

    Registered(T one) {
      this.one = one;
    }
  }
}
