package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads that are named for what they do, and numbered from 1. */
public final class DaemonThreads implements ThreadFactory {

  private final String prefix;
  private final AtomicInteger made = new AtomicInteger();

  /**
   * A factory of its own numbers.
   *
   * @param prefix the name that comes before the number
   */
  public DaemonThreads(String prefix) {
    this.prefix = requireNonNull(prefix, "prefix");
  }

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, prefix + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
