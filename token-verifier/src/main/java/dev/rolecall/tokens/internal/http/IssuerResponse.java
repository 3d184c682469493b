package dev.rolecall.tokens.internal.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A response of an issuer, unread. {@code toString} masks the body. */
public final class IssuerResponse {

  private static final int OK = 200;
  private static final int REDIRECTIONS = 300;
  private static final int CLIENT_ERRORS = 400;

  private final int status;
  private final Optional<String> cacheControl;
  private final byte[] body;

  /**
   * A response.
   *
   * @param cacheControl the value of {@code Cache-Control}
   * @param body the whole body; not copied
   */
  public IssuerResponse(int status, Optional<String> cacheControl, byte[] body) {
    this.status = status;
    this.cacheControl = requireNonNull(cacheControl, "cacheControl");
    this.body = requireNonNull(body, "body");
  }

  /** HTTP's status. */
  public int status() {
    return status;
  }

  /** The value of {@code Cache-Control}. */
  public Optional<String> cacheControl() {
    return cacheControl;
  }

  /** The whole body; only to be read. */
  public byte[] body() {
    return body;
  }

  /** The failure that any status but 200 is; empty for 200. */
  public Optional<IssuerFailure> failure() {
    if (status == OK) {
      return Optional.empty();
    }
    return Optional.of(
        status >= REDIRECTIONS && status < CLIENT_ERRORS
            ? IssuerFailure.REDIRECT
            : IssuerFailure.STATUS);
  }

  @Override
  public String toString() {
    return "IssuerResponse[" + status + ", ****]";
  }
}
