package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * Something that goes wrong on purpose; see {@link StsEmulator#fail} and {@link
 * StsEmulator#failNext}. Immutable. A fault of one request never holds up another.
 */
public abstract sealed class Fault
    permits ReplacedAnswer, AlteredAnswer, DisturbedDelivery, SkewedClock {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int LARGEST = 256 * 1024 * 1024;

  private final String description;

  Fault(String description) {
    this.description = description;
  }

  /** Throttling: HTTP 400 with the code {@code Throttling}, "Rate exceeded". */
  public static Fault throttled() {
    return ReplacedAnswer.byError(StsErrorCode.THROTTLING, "Rate exceeded");
  }

  /** HTTP 500 with the code {@code InternalFailure}. */
  public static Fault internalFailure() {
    return ReplacedAnswer.byError(
        StsErrorCode.INTERNAL_FAILURE,
        "The request processing has failed because of an unknown error, exception or failure.");
  }

  /** HTTP 503 with the code {@code ServiceUnavailable}. */
  public static Fault serviceUnavailable() {
    return ReplacedAnswer.byError(
        StsErrorCode.SERVICE_UNAVAILABLE,
        "The request has failed due to a temporary failure of the server.");
  }

  /** Any error STS could answer, in the format the request asks for. */
  public static Fault error(StsErrorCode code, String message) {
    return ReplacedAnswer.byError(requireNonNull(code, "code"), requireNonNull(message, "message"));
  }

  /**
   * An answer of your own, whatever the request was.
   *
   * @param status the HTTP status: 200 to 599
   * @param contentType the value of {@code Content-Type}
   * @param body the body, sent in UTF-8
   */
  public static Fault answer(int status, String contentType, String body) {
    requireNonNull(contentType, "contentType");
    requireNonNull(body, "body");
    if (status < 200 || status > 599) {
      throw Rule.broken("status", status, "200 to 599");
    }
    return ReplacedAnswer.byText(status, contentType, body);
  }

  /**
   * A redirect, which no caller of STS should follow.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location where to
   */
  public static Fault redirect(int status, URI location) {
    requireNonNull(location, "location");
    if (status < 301 || status > 308 || (status > 303 && status < 307)) {
      throw Rule.broken("status", status, "301, 302, 303, 307 or 308");
    }
    return ReplacedAnswer.byRedirect(status, location);
  }

  /** The true answer under a false {@code Content-Type}. */
  public static Fault contentType(String contentType) {
    requireNonNull(contentType, "contentType");
    return AlteredAnswer.labelled(contentType);
  }

  /**
   * The true answer after that much white space. It is well-formed still, so only a limit on size
   * refuses it.
   *
   * @param bytes how much: 1 to 268,435,456 bytes
   */
  public static Fault huge(int bytes) {
    if (bytes < 1 || bytes > LARGEST) {
      throw Rule.broken("bytes", bytes, "1 to " + LARGEST);
    }
    return AlteredAnswer.padded(bytes);
  }

  /**
   * The true answer, late. It is worked out when the request arrives.
   *
   * @param delay how late: up to one hour
   */
  public static Fault delayed(Duration delay) {
    return DisturbedDelivery.late(upToAnHour("delay", delay));
  }

  /**
   * The true answer, a few bytes at a time.
   *
   * @param bytes how many bytes at a time: at least 1
   * @param pause the time between them: up to one hour
   */
  public static Fault dripping(int bytes, Duration pause) {
    if (bytes < 1) {
      throw Rule.broken("bytes", bytes, "at least 1");
    }
    return DisturbedDelivery.inDrops(bytes, upToAnHour("pause", pause));
  }

  /** White space without end, in chunks, until the client or the emulator closes. */
  public static Fault endless() {
    return DisturbedDelivery.withoutEnd();
  }

  /** The first half of the true answer, of which the headers announce the whole; then the end. */
  public static Fault truncated() {
    return DisturbedDelivery.cutShort();
  }

  /** No answer: the connection is closed. */
  public static Fault closed() {
    return DisturbedDelivery.hungUp();
  }

  /** No answer: the connection stays open until the client or the emulator closes. */
  public static Fault silent() {
    return DisturbedDelivery.withheld();
  }

  /**
   * The true answer by a wrong clock.
   *
   * @param offset how far the emulator's clock is ahead; negative for behind; up to a year
   */
  public static Fault clockSkew(Duration offset) {
    if (requireNonNull(offset, "offset").abs().compareTo(Duration.ofDays(365)) > 0) {
      throw Rule.broken("offset", offset, "at most PT8760H either way");
    }
    return new SkewedClock(offset);
  }

  private static Duration upToAnHour(String name, Duration duration) {
    if (requireNonNull(duration, name).isNegative() || duration.compareTo(LONGEST) > 0) {
      throw Rule.broken(name, duration, "PT0S to " + LONGEST);
    }
    return duration;
  }

  /** The time by which a request is judged. */
  Instant judgedAt(Instant now) {
    return now;
  }

  /** The answer in place of the true one. */
  Answer answerInstead(Answer answer, AnswerFormat format, String requestId) {
    return answer;
  }

  /** How the answer is sent. */
  Delivery delivery() {
    return Delivery.WHOLE;
  }

  /** Whether the client still learns the true verdict. */
  abstract boolean keepsVerdict();

  @Override
  public String toString() {
    return "Fault[" + description + "]";
  }
}
