package dev.rolecall.proof;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The meaning of an error code of AWS STS, in each of its spellings: one table for the verifier and
 * for the tools. A code that is not in it is {@link #OTHER}, a refusal: AWS adds codes, and only
 * throttling and failures of AWS are worth another attempt.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS common
 *     errors</a>
 */
public enum StsError {
  /** The signature is not that of this request, or is too old: STS says so with this code too. */
  SIGNATURE_DOES_NOT_MATCH(
      Kind.REFUSAL,
      "SignatureDoesNotMatch",
      "InvalidSignature",
      "InvalidSignatureException",
      "SignatureDoesNotMatchException"),
  /** No such access key in this partition, or its session has ended. */
  INVALID_CLIENT_TOKEN_ID(
      Kind.REFUSAL,
      "InvalidClientTokenId",
      "InvalidAccessKeyId",
      "UnrecognizedClient",
      "UnrecognizedClientException"),
  /** The session has ended. */
  EXPIRED_TOKEN(
      Kind.REFUSAL,
      "ExpiredToken",
      "ExpiredTokenException",
      "InvalidToken",
      "TokenRefreshRequired"),
  /** The request is too old, or of the future. */
  REQUEST_EXPIRED(
      Kind.REFUSAL,
      "RequestExpired",
      "RequestExpiredException",
      "RequestInTheFuture",
      "RequestTimeTooSkewed"),
  /** The signature lacks a part. */
  INCOMPLETE_SIGNATURE(Kind.REFUSAL, "IncompleteSignature", "IncompleteSignatureException"),
  /** There is no signature. */
  MISSING_AUTHENTICATION_TOKEN(
      Kind.REFUSAL, "MissingAuthenticationToken", "MissingAuthenticationTokenException"),
  /** A policy of the endpoint, the account or the organization says no. */
  ACCESS_DENIED(
      Kind.REFUSAL,
      "AccessDenied",
      "AccessDeniedException",
      "NotAuthorized",
      "UnauthorizedOperation"),
  /** The account may not use STS there. */
  OPT_IN_REQUIRED(Kind.REFUSAL, "OptInRequired", "RegionDisabledException"),
  /** A parameter breaks its rule. */
  VALIDATION_ERROR(Kind.REFUSAL, "ValidationError", "ValidationException", "InvalidParameterValue"),
  /** A code that this table does not have. */
  OTHER(Kind.REFUSAL, "unknown"),

  /** Throttled: of the signer's account, so no sign of an outage. HTTP 400 as often as 429. */
  THROTTLING(
      Kind.THROTTLING,
      "Throttling",
      "BandwidthLimitExceeded",
      "EC2ThrottledException",
      "LimitExceededException",
      "PriorRequestNotComplete",
      "ProvisionedThroughputExceededException",
      "RequestLimitExceeded",
      "RequestThrottled",
      "RequestThrottledException",
      "SlowDown",
      "ThrottledException",
      "ThrottlingException",
      "TooManyRequests",
      "TooManyRequestsException"),

  /** STS failed. */
  INTERNAL_FAILURE(
      Kind.FAILURE,
      "InternalFailure",
      "InternalError",
      "InternalFailureException",
      "InternalServerError",
      "InternalServerException",
      "InternalServiceError"),
  /** STS failed for now, or what it asks in turn did. */
  SERVICE_UNAVAILABLE(
      Kind.FAILURE,
      "ServiceUnavailable",
      "IDPCommunicationError",
      "RequestTimeout",
      "RequestTimeoutException",
      "ServiceUnavailableException",
      "Unavailable");

  /** The consequence of a code. */
  public enum Kind {
    /** STS says no: the same request will not fare better. */
    REFUSAL,
    /** STS is too busy for this signer, and says nothing of the request. */
    THROTTLING,
    /** STS cannot answer, and says nothing of the request. */
    FAILURE
  }

  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
  private static final int MAX_WRITTEN = 512;

  private static final Map<String, StsError> BY_SPELLING =
      Stream.of(values())
          .flatMap(
              error ->
                  Stream.concat(Stream.of(error.label), Stream.of(error.others.split(" ")))
                      .map(text -> Map.entry(text, error)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final Kind kind;
  private final String label;

  /** With a space between two. */
  private final String others;

  StsError(Kind kind, String label, String... others) {
    this.kind = kind;
    this.label = label;
    this.others = String.join(" ", others);
  }

  /**
   * The error that a code stands for; {@link #OTHER} for one that this table does not have.
   *
   * @param code as {@link #code} gives it
   */
  public static StsError of(String code) {
    requireNonNull(code, "code");
    StsError known = BY_SPELLING.get(code);
    if (known != null) {
      return known;
    }
    // The one family whose next member must not be taken for a no.
    return code.contains("Throttl") || code.contains("TooManyRequests") ? THROTTLING : OTHER;
  }

  /**
   * The bare code in what an answer has in a code's place: without the namespace before a {@code #}
   * and the address after a {@code :}. Safe to log: at most 64 characters of {@code
   * [A-Za-z0-9._-]}. Empty if it is no code.
   *
   * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1,
   *     operation error serialization</a>
   */
  public static Optional<String> code(String written) {
    if (written.length() > MAX_WRITTEN) {
      return Optional.empty();
    }
    int colon = written.indexOf(':');
    String named = colon < 0 ? written : written.substring(0, colon);
    String bare = named.substring(named.indexOf('#') + 1);
    return Optional.of(bare).filter(code -> CODE.matcher(code).matches());
  }

  /** What follows from it. */
  public Kind kind() {
    return kind;
  }

  /** AWS's usual spelling, {@code unknown} for {@link #OTHER}: a word of a closed set. */
  public String label() {
    return label;
  }
}
