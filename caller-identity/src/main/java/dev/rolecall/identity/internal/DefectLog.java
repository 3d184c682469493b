package dev.rolecall.identity.internal;

import static java.lang.System.Logger.Level.ERROR;

import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes an unexpected exception to the log: once a kind, with the stack but without the message,
 * which may quote a proof. Safe for use by many threads.
 */
public final class DefectLog {

  private static final int KINDS_LOGGED = 100;

  private final System.Logger logger;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final AtomicLong unwritten = new AtomicLong();

  /** A log that writes to {@code logger}, at ERROR. */
  public DefectLog(System.Logger logger) {
    this.logger = logger;
  }

  /**
   * Writes the exception, or what it is the completion of, unless one of its kind was written.
   * Throws nothing: a log that cannot be written to must not stop what goes on without it.
   */
  public void write(Throwable thrown) {
    try {
      writeFirst(thrown);
    } catch (Throwable e) {
      // The log itself fails, or there is no memory: nothing is left to tell it to.
      unwritten.incrementAndGet();
    }
  }

  /** How many exceptions could not be written, because the log threw. */
  long unwritten() {
    return unwritten.get();
  }

  private void writeFirst(Throwable thrown) {
    Throwable cause = thrown.getCause();
    Throwable defect = thrown instanceof CompletionException && cause != null ? cause : thrown;
    StackTraceElement[] stack = defect.getStackTrace();
    String kind = defect.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    if (logged.size() < KINDS_LOGGED && logged.add(kind)) {
      logger.log(
          ERROR,
          "defect in Rolecall, which goes on; later ones of its kind are not logged",
          new WithoutMessage(defect));
    }
  }

  /** An exception's class and stack. */
  private static final class WithoutMessage extends Exception {

    private static final long serialVersionUID = 1L;

    WithoutMessage(Throwable defect) {
      super(defect.getClass().getName(), null, false, true);
      setStackTrace(defect.getStackTrace());
    }
  }
}
