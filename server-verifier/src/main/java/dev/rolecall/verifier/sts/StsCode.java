package dev.rolecall.verifier.sts;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a request to STS ended, in one word of a closed set: the label of the metric and the word in
 * the log. Text from an answer is only ever looked up here, never passed on.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html">STS common
 *     errors</a>
 */
public enum StsCode {
  /** STS said who signed. */
  OK("", Meaning.CONFIRMED),

  /** The signature is not that of this request, or is too old: STS says so with this code too. */
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", Meaning.REFUSED),
  /** No such access key, or its session has ended. */
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", Meaning.REFUSED),
  /** The session has ended. */
  EXPIRED_TOKEN("ExpiredToken", Meaning.REFUSED),
  /** The request is too old. */
  REQUEST_EXPIRED("RequestExpired", Meaning.REFUSED),
  /** The signature is not one. */
  INCOMPLETE_SIGNATURE("IncompleteSignature", Meaning.REFUSED),
  /** There is no signature. */
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", Meaning.REFUSED),
  /** An endpoint policy says no. */
  ACCESS_DENIED("AccessDenied", Meaning.REFUSED),
  /** The account may not use STS there. */
  OPT_IN_REQUIRED("OptInRequired", Meaning.REFUSED),

  /** Throttled: of the caller's account, so no sign of an outage. HTTP 400, not 429. */
  THROTTLING("Throttling", Meaning.BUSY),
  /** Throttled, in another spelling. */
  THROTTLING_EXCEPTION("ThrottlingException", Meaning.BUSY),
  /** Throttled, in another spelling. */
  REQUEST_LIMIT_EXCEEDED("RequestLimitExceeded", Meaning.BUSY),

  /** STS failed. */
  INTERNAL_FAILURE("InternalFailure", Meaning.DOWN),
  /** STS failed, in another spelling. */
  INTERNAL_ERROR("InternalError", Meaning.DOWN),
  /** STS failed for now. */
  SERVICE_UNAVAILABLE("ServiceUnavailable", Meaning.DOWN),
  /** A status of 500 or more without a code of the above. */
  SERVER_ERROR("", Meaning.DOWN),
  /** No answer in time. */
  TIMEOUT("", Meaning.DOWN),
  /** No connection, or one that broke. */
  CONNECTION("", Meaning.DOWN),
  /** Not asked: it does not answer, and its circuit is open. */
  NOT_ASKED("", Meaning.DOWN),

  /** An error code that is not in this table: what it says of the proof is not known. */
  UNKNOWN("", Meaning.BUSY),
  /** Not an answer of STS: another shape, type, status or size. */
  ANSWER_INVALID("", Meaning.INVALID);

  /** What follows from a code. */
  enum Meaning {
    CONFIRMED,
    REFUSED,
    /** Says nothing about the proof and nothing about STS's health. */
    BUSY,
    /** Says nothing about the proof: STS cannot be had. */
    DOWN,
    INVALID
  }

  private static final Map<String, StsCode> BY_TEXT =
      Stream.of(values())
          .filter(code -> !code.text.isEmpty())
          .collect(Collectors.toUnmodifiableMap(code -> code.text, code -> code));

  private final String text;
  private final Meaning meaning;

  StsCode(String text, Meaning meaning) {
    this.text = requireNonNull(text, "text");
    this.meaning = requireNonNull(meaning, "meaning");
  }

  /** The code STS wrote; {@link #UNKNOWN} for one that this table does not have. */
  static StsCode ofError(String text) {
    return BY_TEXT.getOrDefault(text, UNKNOWN);
  }

  Meaning meaning() {
    return meaning;
  }

  /** Whether the same request may fare better in a moment. */
  boolean isWorthRetrying() {
    return meaning == Meaning.BUSY || meaning == Meaning.DOWN;
  }

  /** Whether the endpoint was too busy, or said something that nobody here knows. */
  boolean isBusy() {
    return meaning == Meaning.BUSY;
  }

  /** Whether STS itself said something, be it no: a sign of life. */
  boolean isFromSts() {
    return switch (meaning) {
      case CONFIRMED, REFUSED, BUSY -> true;
      case DOWN, INVALID -> false;
    };
  }

  /** STS's own spelling where it has one, else this table's word; never a caller's text. */
  public String label() {
    return text.isEmpty() ? name().toLowerCase(Locale.ROOT) : text;
  }
}
