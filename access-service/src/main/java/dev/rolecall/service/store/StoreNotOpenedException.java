package dev.rolecall.service.store;

import java.io.Serial;

/** A store that could not be opened. The message says what to do, and has no secret. */
public final class StoreNotOpenedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean retryable;

  /**
   * A store that could not be opened.
   *
   * @param retryable whether the same settings may do later, such as while a database restarts
   */
  public StoreNotOpenedException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** As above, with a cause whose message has no secret. */
  public StoreNotOpenedException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** Whether the same settings may do later. */
  public boolean isRetryable() {
    return retryable;
  }
}
