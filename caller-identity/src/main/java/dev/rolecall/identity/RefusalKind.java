package dev.rolecall.identity;

/**
 * The kind of answer that a refusal is, by what a caller can do about it. Each door says it in its
 * own protocol's words: the gRPC guard by a status code, a door for HTTP by {@link #httpStatus}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5">RFC 9110, sections 15.5 and
 *     15.6</a>
 */
public enum RefusalKind {
  /** The credential is missing or proves nothing here: the caller must send another. */
  UNAUTHENTICATED(401),
  /** The caller is known, and is not admitted. */
  FORBIDDEN(403),
  /** A limit of the server is reached: the caller may try again later. */
  OVER_LIMIT(429),
  /** Nothing could be told now, which is no refusal of the caller: it may try again later. */
  UNAVAILABLE(503),
  /** The server has a defect. */
  DEFECT(500);

  private final int httpStatus;

  RefusalKind(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /**
   * The status code of an HTTP response that says so. RFC 9110 wants a {@code WWW-Authenticate}
   * field beside 401.
   */
  public int httpStatus() {
    return httpStatus;
  }
}
