package dev.rolecall.access.lookup;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.limits.Settlement;
import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Verification;

/**
 * The result of a look-up.
 *
 * @param verification what callers are told
 * @param settlement what limits are told
 */
record Finding(Verification verification, Settlement settlement) {
  Finding {
    requireNonNull(verification, "verification");
    requireNonNull(settlement, "settlement");
  }

  /** The look-up ended before its issuer was asked. */
  static Finding unasked(Verification verification) {
    return new Finding(verification, Settlement.NOT_ASKED);
  }

  /** An issuer's answer, of use if some user of the look-up could admit the caller. */
  static Finding of(Answer answer, UsefulCallers useful) {
    return new Finding(
        answer.verification(),
        switch (answer.reply()) {
          case NOT_ASKED -> Settlement.NOT_ASKED;
          case UNANSWERED -> settlement(answer, useful, Settlement.UNANSWERED);
          case ANSWERED -> settlement(answer, useful, Settlement.BUSY);
        });
  }

  private static Settlement settlement(
      Answer answer, UsefulCallers useful, Settlement ofNoVerdict) {
    return answer
        .verification()
        .fold(
            verified ->
                useful.include(verified.caller()) ? Settlement.USEFUL : Settlement.OF_NO_USE,
            refused -> Settlement.REFUSED,
            unavailable -> ofNoVerdict);
  }

  /** Whether the caller is confirmed, and nothing here could admit it. */
  boolean isOfNoUse() {
    return settlement == Settlement.OF_NO_USE;
  }

  /** With the facts of the credential, where its scheme's answer has none. */
  static Verification withFacts(Verification verification, Question question) {
    return verification.fold(
        verified -> verified,
        refused ->
            refused.facts().isPresent()
                ? refused
                : new Verification.Refused(refused.reason(), question.facts()),
        unavailable ->
            unavailable.facts().isPresent()
                ? unavailable
                : new Verification.Unavailable(
                    unavailable.reason(), unavailable.retryAfter(), question.facts()));
  }
}
