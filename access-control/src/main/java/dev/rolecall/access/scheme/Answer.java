package dev.rolecall.access.scheme;

import static java.util.Objects.requireNonNull;

/**
 * An issuer's answer, as its scheme reads it.
 *
 * @param verification what callers are told
 * @param reply whether the issuer said anything, for limits
 */
public record Answer(Verification verification, Reply reply) {

  /** Checks that nothing is absent. */
  public Answer {
    requireNonNull(verification, "verification");
    requireNonNull(reply, "reply");
  }

  /** The way in which the issuer took the question. */
  public enum Reply {
    /** It said something, be it no or "too busy": a sign of life. */
    ANSWERED,
    /** It said nothing, or something that is no answer. */
    UNANSWERED,
    /** It was not asked. */
    NOT_ASKED
  }
}
