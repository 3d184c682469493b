package dev.rolecall.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a test, or of all tests of a class that share them. They are closed in the
 * reverse order. Safe for use by many threads.
 */
final class OpenResources {

  private static final String NOT_REGISTERED =
      "JUnit does not know this RolecallExtension, so nothing would close what it makes"
          + " (expected: @RegisterExtension on its field; in Kotlin @JvmField too)";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Whether JUnit has called the extension, and so will call it again to close all. */
  private boolean registered;

  /** How many classes run that share them, nested ones too. None if each test has its own. */
  private int classes;

  /**
   * Has that closed with the others.
   *
   * @throws IllegalStateException if JUnit would not close it, because the extension is not
   *     registered; all is closed then
   */
  <T extends AutoCloseable> T add(T resource) {
    synchronized (this) {
      open.push(resource);
      if (registered) {
        return resource;
      }
    }
    if (!isInAnInitializer()) {
      throw notRegistered();
    }
    return resource;
  }

  /** JUnit calls an extension only after the initializers of the class that it is a field of. */
  private static boolean isInAnInitializer() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().startsWith("<")));
  }

  private IllegalStateException notRegistered() {
    IllegalStateException mistake = new IllegalStateException(NOT_REGISTERED);
    try {
      closeAll();
    } catch (Exception e) {
      mistake.addSuppressed(e);
    }
    return mistake;
  }

  /** JUnit knows the extension. */
  synchronized void registered() {
    registered = true;
  }

  synchronized void classBegan() {
    registered();
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
