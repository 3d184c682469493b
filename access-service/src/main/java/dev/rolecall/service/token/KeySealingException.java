package dev.rolecall.service.token;

import java.io.Serial;

/** A seal that cannot be made or opened. The message says what to do, and has no secret. */
public final class KeySealingException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean retryable;

  /**
   * A seal that cannot be made or opened.
   *
   * @param retryable whether the same may do later, such as while a service is away
   */
  public KeySealingException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** Whether the same may do later. */
  public boolean isRetryable() {
    return retryable;
  }
}
