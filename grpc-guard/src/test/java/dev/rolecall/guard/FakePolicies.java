package dev.rolecall.guard;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A policy that the test changes. */
final class FakePolicies implements PolicySource {

  final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile AccessPolicy current;
  volatile boolean failing;
  volatile Runnable whenRead = () -> {};
  private volatile boolean failingAtTheEnd;
  private final AtomicInteger closes = new AtomicInteger();

  FakePolicies(AccessPolicy first) {
    this.current = first;
  }

  void change(AccessPolicy next) {
    current = next;
    listeners.forEach(Runnable::run);
  }

  /** Changes it as a reload does whose news has not arrived yet. */
  void changeSilently(AccessPolicy next) {
    current = next;
  }

  @Override
  public AccessPolicy current() {
    if (failing) {
      throw new IllegalStateException("no policy can be had");
    }
    whenRead.run();
    return current;
  }

  @Override
  public Registration onChange(Runnable listener) {
    listeners.add(listener);
    return () -> {
      listeners.remove(listener);
      if (failingAtTheEnd) {
        throw new IllegalStateException("the source is broken");
      }
    };
  }

  /** From now on the end of a listener's place throws, once it has ended. */
  void failAtTheEnd() {
    failingAtTheEnd = true;
  }

  /** How often it was closed. */
  int closes() {
    return closes.get();
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }
}
