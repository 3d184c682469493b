package dev.rolecall.tests.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads of look-ups. From a moment on they begin nothing, until they are let go. */
final class HeldLookUps implements Executor, AutoCloseable {

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean held;

  @Override
  public synchronized void execute(Runnable task) {
    if (held) {
      waiting.add(task);
    } else {
      threads.execute(task);
    }
  }

  synchronized void hold() {
    held = true;
  }

  /** Whether something waits to begin. */
  synchronized boolean hasWork() {
    return !waiting.isEmpty();
  }

  synchronized void letGo() {
    held = false;
    waiting.forEach(threads::execute);
    waiting.clear();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
