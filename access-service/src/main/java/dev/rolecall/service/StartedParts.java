package dev.rolecall.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The parts of a node that is being started. If a later one does not start, all of them are closed.
 */
final class StartedParts {

  private final Deque<Runnable> closings = new ArrayDeque<>();

  /** The part that has started. */
  <T> T add(T part, Consumer<? super T> close) {
    closings.push(() -> close.accept(part));
    return part;
  }

  /** Closes all, the newest first. What is thrown there is added to the reason. */
  void closeAfter(Throwable reason) {
    for (Runnable closing : closings) {
      try {
        closing.run();
      } catch (RuntimeException | Error e) {
        reason.addSuppressed(e);
      }
    }
  }
}
