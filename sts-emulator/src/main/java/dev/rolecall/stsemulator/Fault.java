package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.internal.InvalidValue;
import dev.rolecall.stsemulator.internal.http.AlteredAnswer;
import dev.rolecall.stsemulator.internal.http.AnswerFault;
import dev.rolecall.stsemulator.internal.http.DisturbedDelivery;
import dev.rolecall.stsemulator.internal.http.ReplacedAnswer;
import dev.rolecall.stsemulator.internal.http.SkewedClock;
import dev.rolecall.stsemulator.protocol.StsErrorCode;
import java.net.URI;
import java.time.Duration;

/**
 * A fault of the emulator's answers, for {@link StsEmulator#fail} and {@link StsEmulator#failNext}.
 * Immutable. A fault of one request never holds up another.
 */
public final class Fault {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int LARGEST = 256 * 1024 * 1024;

  private final AnswerFault ofAnswer;

  private Fault(AnswerFault ofAnswer) {
    this.ofAnswer = ofAnswer;
  }

  /** Throttling: HTTP 400 with the code {@code Throttling}, "Rate exceeded". */
  public static Fault throttled() {
    return new Fault(ReplacedAnswer.byError(StsErrorCode.THROTTLING, "Rate exceeded"));
  }

  /** HTTP 500 with the code {@code InternalFailure}. */
  public static Fault internalFailure() {
    return new Fault(
        ReplacedAnswer.byError(
            StsErrorCode.INTERNAL_FAILURE,
            "The request processing has failed because of an unknown error, exception or failure."));
  }

  /** HTTP 503 with the code {@code ServiceUnavailable}. */
  public static Fault serviceUnavailable() {
    return new Fault(
        ReplacedAnswer.byError(
            StsErrorCode.SERVICE_UNAVAILABLE,
            "The request has failed due to a temporary failure of the server."));
  }

  /** Any error of STS, in the format that the request asks for. */
  public static Fault error(StsErrorCode code, String message) {
    return new Fault(
        ReplacedAnswer.byError(requireNonNull(code, "code"), requireNonNull(message, "message")));
  }

  /**
   * A given answer to any request.
   *
   * @param status the HTTP status: 200 to 599
   * @param contentType the value of {@code Content-Type}
   * @param body the body, sent in UTF-8
   */
  public static Fault answer(int status, String contentType, String body) {
    requireNonNull(contentType, "contentType");
    requireNonNull(body, "body");
    if (status < 200 || status > 599) {
      throw InvalidValue.of("status", status, "200 to 599");
    }
    return new Fault(ReplacedAnswer.byText(status, contentType, body));
  }

  /**
   * A redirect, which no caller of STS should follow.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location the target
   */
  public static Fault redirect(int status, URI location) {
    requireNonNull(location, "location");
    if (status < 301 || status > 308 || (status > 303 && status < 307)) {
      throw InvalidValue.of("status", status, "301, 302, 303, 307 or 308");
    }
    return new Fault(ReplacedAnswer.byRedirect(status, location));
  }

  /** The true answer under a false {@code Content-Type}. */
  public static Fault contentType(String contentType) {
    requireNonNull(contentType, "contentType");
    return new Fault(AlteredAnswer.labelled(contentType));
  }

  /**
   * The true answer after that much white space. It is well-formed still, so only a limit on size
   * refuses it.
   *
   * @param bytes the number of blanks: 1 to 268,435,456 bytes
   */
  public static Fault huge(int bytes) {
    if (bytes < 1 || bytes > LARGEST) {
      throw InvalidValue.of("bytes", bytes, "1 to " + LARGEST);
    }
    return new Fault(AlteredAnswer.padded(bytes));
  }

  /**
   * The true answer, late. It is worked out when the request arrives.
   *
   * @param delay the delay: up to one hour
   */
  public static Fault delayed(Duration delay) {
    return new Fault(DisturbedDelivery.late(upToAnHour("delay", delay)));
  }

  /**
   * The true answer, a few bytes at a time.
   *
   * @param bytes the bytes at a time: at least 1
   * @param pause the time between them: up to one hour
   */
  public static Fault dripping(int bytes, Duration pause) {
    if (bytes < 1) {
      throw InvalidValue.of("bytes", bytes, "at least 1");
    }
    return new Fault(DisturbedDelivery.inDrops(bytes, upToAnHour("pause", pause)));
  }

  /** White space without end, in chunks, until the client or the emulator closes. */
  public static Fault endless() {
    return new Fault(DisturbedDelivery.withoutEnd());
  }

  /**
   * The first half of the true answer, of which the headers announce the whole; then the connection
   * ends.
   */
  public static Fault truncated() {
    return new Fault(DisturbedDelivery.cutShort());
  }

  /** No answer: the connection is closed. */
  public static Fault closed() {
    return new Fault(DisturbedDelivery.hungUp());
  }

  /** No answer: the connection stays open until the client or the emulator closes. */
  public static Fault silent() {
    return new Fault(DisturbedDelivery.withheld());
  }

  /**
   * The true answer at the time of a wrong clock.
   *
   * @param offset the time that the clock is ahead, up to a year; negative for behind
   */
  public static Fault clockSkew(Duration offset) {
    if (requireNonNull(offset, "offset").abs().compareTo(Duration.ofDays(365)) > 0) {
      throw InvalidValue.of("offset", offset, "at most PT8760H either way");
    }
    return new Fault(new SkewedClock(offset));
  }

  private static Duration upToAnHour(String name, Duration duration) {
    if (requireNonNull(duration, name).isNegative() || duration.compareTo(LONGEST) > 0) {
      throw InvalidValue.of(name, duration, "PT0S to " + LONGEST);
    }
    return duration;
  }

  /** The fault in the form that the HTTP handler applies. */
  AnswerFault ofAnswer() {
    return ofAnswer;
  }

  @Override
  public String toString() {
    return "Fault[" + ofAnswer + "]";
  }
}
