package dev.rolecall.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a test, or of all tests of a class that share them. They are closed in the
 * reverse order. Safe for use by many threads.
 */
final class OpenResources {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** How many classes run that share them, nested ones too. None if each test has its own. */
  private int classes;

  synchronized <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  synchronized void classBegan() {
    classes++;
  }

  /** Closes all, unless the tests of a class share them. */
  void testEnded() throws Exception {
    if (!areShared()) {
      closeAll();
    }
  }

  /** Closes all after the outermost class. */
  void classEnded() throws Exception {
    if (wasOutermost()) {
      closeAll();
    }
  }

  private synchronized boolean areShared() {
    return classes > 0;
  }

  private synchronized boolean wasOutermost() {
    classes--;
    return classes == 0;
  }

  private synchronized @Nullable AutoCloseable next() {
    return open.poll();
  }

  /**
   * Closes all, whatever some of them throw.
   *
   * @throws Exception the first that was thrown, with the others as suppressed
   */
  private void closeAll() throws Exception {
    Exception first = null;
    for (AutoCloseable each = next(); each != null; each = next()) {
      try {
        each.close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
