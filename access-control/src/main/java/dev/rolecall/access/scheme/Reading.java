package dev.rolecall.access.scheme;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import java.util.Optional;

/** The result of reading a credential. */
public sealed interface Reading permits Reading.NotMine, Reading.Settled, Question {

  /** The credential is of another scheme. */
  static Reading notMine() {
    return NotMine.INSTANCE;
  }

  /** The credential is refused by a local check. */
  static Reading refused(RefusalReason reason, Optional<Facts> facts) {
    return new Settled(new Verification.Refused(reason, facts));
  }

  /** The credential is of another scheme; get it from {@link Reading#notMine}. */
  enum NotMine implements Reading {
    /** The only one. */
    INSTANCE
  }

  /**
   * A verdict that needs no issuer.
   *
   * @param verification the verdict
   */
  record Settled(Verification verification) implements Reading {
    /** Checks that nothing is absent. */
    public Settled {
      requireNonNull(verification, "verification");
    }
  }
}
