package dev.rolecall.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source that the test changes. For one thread. */
final class ChangingSource implements PolicySource {

  private final List<Runnable> listeners = new ArrayList<>();
  private final List<ReloadObserver> observers = new ArrayList<>();
  private AccessPolicy current;
  private int closed;

  ChangingSource(AccessPolicy first) {
    this.current = first;
  }

  void change(AccessPolicy next) {
    current = next;
    listeners.forEach(Runnable::run);
  }

  int timesClosed() {
    return closed;
  }

  List<ReloadObserver> observers() {
    return List.copyOf(observers);
  }

  @Override
  public AccessPolicy current() {
    return current;
  }

  @Override
  public Registration onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public Optional<Registration> observedBy(ReloadObserver observer) {
    observers.add(observer);
    return Optional.of(() -> observers.remove(observer));
  }

  @Override
  public void close() {
    closed++;
  }
}
