package dev.rolecall.renewal;

import java.time.Duration;

/**
 * The part of an exception that says what a failed renewal means for calls. Implemented by
 * exceptions whose message holds no secret: it is the description of the call's status.
 */
public interface RenewalFailure {

  /** The condition for another attempt to succeed. */
  enum Kind {
    /** Time passes: a time-out, throttling. */
    PASSING,
    /** The set-up changes: no credentials, no Region, access denied, closed. */
    LASTING,
    /** A defect is mended. */
    DEFECT
  }

  /** The condition for another attempt to succeed. */
  Kind kind();

  /** The pause before the next attempt. Default: {@link Pause#USUAL}. */
  default Pause pause() {
    return Pause.USUAL;
  }

  /** The kind of a failure: a defect, if the exception does not say what it means. */
  static Kind kindOf(Throwable failure) {
    return failure instanceof RenewalFailure known ? known.kind() : Kind.DEFECT;
  }

  /** The pause after a failure: the usual one, if the exception does not say. */
  static Pause pauseOf(Throwable failure) {
    return failure instanceof RenewalFailure known ? known.pause() : Pause.USUAL;
  }

  /**
   * The bounds of the pause after a failure.
   *
   * @param least what the other end asked for; zero if it asked for nothing
   * @param longest the most that repeated failures double it to
   */
  record Pause(Duration least, Duration longest) {

    private static final Duration BOUND = Duration.ofMinutes(10);

    /** At most 8 seconds. */
    public static final Pause USUAL = new Pause(Duration.ZERO, Duration.ofSeconds(8));

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is negative or above 10 minutes
     */
    public Pause {
      check("least", least);
      check("longest", longest);
    }

    private static void check(String name, Duration value) {
      if (value.isNegative() || value.compareTo(BOUND) > 0) {
        throw new IllegalArgumentException(
            name + ": " + value + " (expected: zero to " + BOUND + ")");
      }
    }
  }
}
