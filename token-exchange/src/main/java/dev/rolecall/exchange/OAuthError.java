package dev.rolecall.exchange;

/**
 * The errors that a token endpoint answers with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2">RFC 8693, section 2.2.2</a>
 */
enum OAuthError {
  /** The request is malformed, or a proof in it is not good. */
  INVALID_REQUEST(400, "invalid_request"),
  /** The client authenticates itself otherwise than by its proof. */
  INVALID_CLIENT(401, "invalid_client"),
  /** Another grant than token exchange. */
  UNSUPPORTED_GRANT_TYPE(400, "unsupported_grant_type"),
  /** A scope: tokens have none here. */
  INVALID_SCOPE(400, "invalid_scope"),
  /** The policy gives this caller no token for that audience. */
  INVALID_TARGET(400, "invalid_target"),
  /** A limit is reached: no refusal of the caller. RFC 6585, section 4. */
  OVER_LIMIT(429, "temporarily_unavailable"),
  /** Nothing can be told now: no refusal of the caller. */
  UNAVAILABLE(503, "temporarily_unavailable"),
  /** A defect of the exchange. */
  SERVER_ERROR(500, "server_error");

  private final int status;
  private final String code;

  OAuthError(int status, String code) {
    this.status = status;
    this.code = code;
  }

  /** The status of the HTTP response. */
  int status() {
    return status;
  }

  /** The word in the answer's {@code error}. */
  String code() {
    return code;
  }
}
