package dev.rolecall.verifier.internal.answer;

import static java.util.Objects.requireNonNull;

import dev.rolecall.proof.StsError;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of a request to STS.
 *
 * @param meaning what follows from it
 * @param label one word of a closed set, as the metric has it
 * @param text the code that STS wrote, else the label: safe to log, of no closed set
 */
public record StsCode(Meaning meaning, String label, String text) {

  /** STS said who signed. */
  public static final StsCode OK = of(Meaning.CONFIRMED, "ok");

  /** A status of 500 or more without a code that says more. */
  public static final StsCode SERVER_ERROR = of(Meaning.DOWN, "server_error");

  /** No answer in time. */
  public static final StsCode TIMEOUT = of(Meaning.DOWN, "timeout");

  /** No connection, or one that broke. */
  public static final StsCode CONNECTION = of(Meaning.DOWN, "connection");

  /** A proxy on the way asks for credentials: HTTP 407. */
  public static final StsCode PROXY_AUTHENTICATION = of(Meaning.DOWN, "proxy_authentication");

  /** Not asked: it does not answer, and its circuit is open. */
  public static final StsCode NOT_ASKED = of(Meaning.DOWN, "not_asked");

  /** Not an answer of STS: another shape, type, status or size. */
  public static final StsCode ANSWER_INVALID = of(Meaning.INVALID, "answer_invalid");

  /** The consequence of a code. */
  public enum Meaning {
    /** STS said who signed. */
    CONFIRMED,
    /** STS says no. */
    REFUSED,
    /** Says nothing about the proof and nothing about STS's health. */
    BUSY,
    /** Says nothing about the proof: STS cannot be had. */
    DOWN,
    /** Something answered that is not STS. */
    INVALID
  }

  /** Checks that nothing is absent. */
  public StsCode {
    requireNonNull(meaning, "meaning");
    requireNonNull(label, "label");
    requireNonNull(text, "text");
  }

  private static StsCode of(Meaning meaning, String word) {
    return new StsCode(meaning, word, word);
  }

  /**
   * The end by an error of STS.
   *
   * @param code as {@link StsError#code} gives it
   */
  public static StsCode ofError(String code) {
    StsError error = StsError.of(code);
    Meaning meaning =
        switch (error.kind()) {
          case REFUSAL -> Meaning.REFUSED;
          case THROTTLING -> Meaning.BUSY;
          case FAILURE -> Meaning.DOWN;
        };
    return new StsCode(meaning, error.label(), code);
  }

  /** Every label there is. */
  public static List<String> labels() {
    Stream<String> own =
        Stream.of(
                OK,
                SERVER_ERROR,
                TIMEOUT,
                CONNECTION,
                PROXY_AUTHENTICATION,
                NOT_ASKED,
                ANSWER_INVALID)
            .map(StsCode::label);
    return Stream.concat(own, Stream.of(StsError.values()).map(StsError::label)).toList();
  }

  /** Whether the same request may fare better in a moment. */
  public boolean isWorthRetrying() {
    return meaning == Meaning.BUSY || meaning == Meaning.DOWN;
  }

  /** Whether the endpoint was too busy for this signer. */
  public boolean isBusy() {
    return meaning == Meaning.BUSY;
  }

  /** Whether STS itself said something, be it no: a sign of life. */
  public boolean isFromSts() {
    return switch (meaning) {
      case CONFIRMED, REFUSED, BUSY -> true;
      case DOWN, INVALID -> false;
    };
  }
}
