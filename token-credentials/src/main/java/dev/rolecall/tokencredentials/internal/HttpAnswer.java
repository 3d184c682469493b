package dev.rolecall.tokencredentials.internal;

import java.util.Optional;

/**
 * An answer over HTTP, of bounded size. Its body may hold a token: it is in no {@code toString}.
 * Immutable.
 */
public final class HttpAnswer {

  private final int status;
  private final Optional<String> retryAfter;
  private final byte[] body;

  HttpAnswer(int status, Optional<String> retryAfter, byte[] body) {
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The header Retry-After as it was sent. */
  public Optional<String> retryAfter() {
    return retryAfter;
  }

  /** A copy of the body. */
  public byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + ", ****]";
  }
}
