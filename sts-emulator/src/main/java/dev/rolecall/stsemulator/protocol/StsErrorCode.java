package dev.rolecall.stsemulator.protocol;

/**
 * The error codes of the emulator, each with its HTTP status.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS common
 *     errors</a>
 */
public enum StsErrorCode {
  /** The signature is another than the request's own, or too old, or of the future. */
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
  /** No such access key, or another session token than the key's own. */
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
  /** The session has ended. */
  EXPIRED_TOKEN("ExpiredToken", 403),
  /** The request is not signed. */
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
  /** The request's signature lacks a part. */
  INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
  /** The caller may not do that. */
  ACCESS_DENIED("AccessDenied", 403),
  /** The web identity token is not one the emulator was told of. */
  INVALID_IDENTITY_TOKEN("InvalidIdentityToken", 400),
  /** The account of the caller has not enabled outbound identity federation. */
  OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED("OutboundWebIdentityFederationDisabledException", 403),
  /** The web identity token would outlive the session that asks for it. */
  SESSION_DURATION_ESCALATION("SessionDurationEscalationException", 403),
  /** The claims of the web identity token take too much space. */
  JWT_PAYLOAD_SIZE_EXCEEDED("JWTPayloadSizeExceededException", 400),
  /** There is no such action in that version. */
  INVALID_ACTION("InvalidAction", 400),
  /** The request names no action. */
  MISSING_ACTION("MissingAction", 400),
  /** A parameter breaks its rule. */
  VALIDATION_ERROR("ValidationError", 400),
  /** The parameters cannot be read. */
  MALFORMED_QUERY_STRING("MalformedQueryString", 400),
  /** The path or the method is not one STS serves. */
  UNKNOWN_OPERATION("UnknownOperationException", 404),
  /** The request is larger than the emulator reads. */
  REQUEST_TOO_LARGE("RequestEntityTooLarge", 413),
  /** Too many requests: a 400, not a 429. */
  THROTTLING("Throttling", 400),
  /** STS failed. */
  INTERNAL_FAILURE("InternalFailure", 500),
  /** STS is not there for the moment. */
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503);

  private final String wireName;
  private final int status;

  StsErrorCode(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  /** The code as it stands in the answer. */
  public String wireName() {
    return wireName;
  }

  /** The HTTP status it comes with. */
  public int status() {
    return status;
  }
}
