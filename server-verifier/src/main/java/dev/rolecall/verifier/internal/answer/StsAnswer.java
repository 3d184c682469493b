package dev.rolecall.verifier.internal.answer;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.function.Supplier;

/** The result of asking STS who signed. */
public sealed interface StsAnswer {

  /** How the request ended. */
  StsCode code();

  /** Whether STS itself said something, be it no: a sign of the endpoint's life. */
  default boolean isFromSts() {
    return code().isFromSts();
  }

  /** Whether the endpoint was asked at all. */
  default boolean wasAsked() {
    return !code().equals(StsCode.NOT_ASKED);
  }

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<StsIdentity, T> confirmed,
      Supplier<T> refused,
      Supplier<T> unavailable,
      Supplier<T> invalid) {
    if (this instanceof Confirmed arm) {
      return confirmed.apply(arm.identity());
    }
    if (this instanceof Refused) {
      return refused.get();
    }
    if (this instanceof Unavailable) {
      return unavailable.get();
    }
    if (this instanceof Invalid) {
      return invalid.get();
    }
    throw new AssertionError("no arm of StsAnswer");
  }

  /** The answer that a code other than {@link StsCode#OK} stands for. */
  static StsAnswer of(StsCode code) {
    return switch (code.meaning()) {
      case REFUSED -> new Refused(code);
      case BUSY, DOWN -> new Unavailable(code);
      case INVALID -> new Invalid();
      case CONFIRMED -> throw new IllegalArgumentException("a confirmation has an identity");
    };
  }

  /**
   * STS said who signed.
   *
   * @param identity who
   */
  record Confirmed(StsIdentity identity) implements StsAnswer {
    /** Checks that nothing is absent. */
    public Confirmed {
      requireNonNull(identity, "identity");
    }

    @Override
    public StsCode code() {
      return StsCode.OK;
    }
  }

  /**
   * STS refused the signature or the credentials: asking again will not help.
   *
   * @param code STS's error code
   */
  record Refused(StsCode code) implements StsAnswer {}

  /**
   * STS did not say: it failed, was too busy or could not be reached.
   *
   * @param code why
   */
  record Unavailable(StsCode code) implements StsAnswer {}

  /** Something answered, but not as STS does. */
  record Invalid() implements StsAnswer {
    @Override
    public StsCode code() {
      return StsCode.ANSWER_INVALID;
    }
  }
}
