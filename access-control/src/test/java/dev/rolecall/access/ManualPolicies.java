package dev.rolecall.access;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source whose policy a test changes, or that throws. */
final class ManualPolicies implements PolicySource {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable AccessPolicy current;
  private final AtomicInteger closes = new AtomicInteger();

  ManualPolicies(AccessPolicy first) {
    current = first;
  }

  void change(AccessPolicy next) {
    current = next;
    tell();
  }

  /** The listeners hear of a change. */
  void tell() {
    listeners.forEach(Runnable::run);
  }

  /** From now on it throws when it is asked. */
  void fail() {
    current = null;
  }

  /** How often it was closed. */
  int closes() {
    return closes.get();
  }

  @Override
  public AccessPolicy current() {
    AccessPolicy now = current;
    if (now == null) {
      throw new IllegalStateException("the test's");
    }
    return now;
  }

  @Override
  public Registration onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }
}
