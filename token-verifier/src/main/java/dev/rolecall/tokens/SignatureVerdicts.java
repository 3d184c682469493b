package dev.rolecall.tokens;

import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;
import static dev.rolecall.identity.RefusalReason.TOO_MANY_LOOKUPS;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.Answer;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.SignatureCheck;
import dev.rolecall.jwt.TokenHeader;
import dev.rolecall.jwt.key.KeySearch;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.VerificationKey;
import dev.rolecall.tokens.internal.budget.SignatureBudget;
import dev.rolecall.tokens.internal.claim.TokenCheck;
import dev.rolecall.tokens.internal.keys.IssuerKeys;
import dev.rolecall.tokens.internal.keys.Refetch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The last checks of a plausible token: its key, and its signature within the budget. Runs on the
 * executor of look-ups.
 *
 * @param budget the CPU time for signatures, of all issuers
 * @param runtime the clock
 */
record SignatureVerdicts(SignatureBudget budget, AccessRuntime runtime) {

  SignatureVerdicts {
    requireNonNull(budget, "budget");
    requireNonNull(runtime, "runtime");
  }

  /** The answer. Completes exceptionally for a defect alone. */
  CompletableFuture<Answer> about(TokenQuestion question) {
    IssuerKeys keys = question.keyedIssuer().keys();
    Optional<KeySearch> search = search(question);
    if (search.isEmpty()) {
      return done(outage(question));
    }
    return search
        .get()
        .fold(
            key -> done(checked(question, key)),
            missing ->
                missing == KeySearch.Reason.UNKNOWN
                    ? keys.seek(kid(question)).thenApply(found -> sought(question, found))
                    : done(refused(question, TokenCheck.KEY)));
  }

  private static CompletableFuture<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /** The search in the last good keys; empty if there are none. */
  private static Optional<KeySearch> search(TokenQuestion question) {
    TokenHeader header = question.token().header();
    Optional<KeySet> keys = question.keyedIssuer().keys().current();
    return keys.map(
        known ->
            known.find(
                header.kid(),
                header.algorithm(),
                question.keyedIssuer().rules().expected().algorithms()));
  }

  /** Its key's id. An unnamed key is never unknown: there is one, or several. */
  private static String kid(TokenQuestion question) {
    return question.token().header().kid().orElse("");
  }

  private Answer sought(TokenQuestion question, Refetch outcome) {
    return switch (outcome) {
      case FETCHED ->
          search(question)
              .map(
                  again ->
                      again.fold(
                          key -> checked(question, key),
                          missing -> refused(question, TokenCheck.KEY)))
              .orElseGet(() -> outage(question));
      case KNOWN_MISSING -> refused(question, TokenCheck.KEY);
      case TOO_SOON ->
          unavailable(
              question,
              TOO_MANY_LOOKUPS,
              question.keyedIssuer().keys().retryAfterPause(),
              Answer.Reply.NOT_ASKED);
      case OUTAGE -> outage(question);
    };
  }

  private Answer checked(TokenQuestion question, VerificationKey key) {
    String caller = question.claimedId();
    if (!budget.tryPay(question.token().header().algorithm(), question.peer(), caller)) {
      return unavailable(
          question,
          TOO_MANY_LOOKUPS,
          new RetryAfter(runtime.random()).soon(),
          Answer.Reply.NOT_ASKED);
    }
    if (SignatureCheck.verify(question.token(), key).isEmpty()) {
      budget.forged(question.peer());
      return refused(question, TokenCheck.SIGNATURE);
    }
    if (question.ifGenuine() instanceof Verification.Verified verified) {
      budget.good(caller);
      if (!runtime.clock().instant().isBefore(verified.caller().notAfter())) {
        // It may have lapsed while it waited.
        return refused(question, TokenCheck.EXPIRED);
      }
    }
    return new Answer(question.ifGenuine(), Answer.Reply.ANSWERED);
  }

  private static Answer refused(TokenQuestion question, TokenCheck check) {
    return new Answer(
        new Verification.Refused(check.reason(), Optional.of(question.claimed().failing(check))),
        Answer.Reply.ANSWERED);
  }

  private static Answer outage(TokenQuestion question) {
    return unavailable(
        question,
        ISSUER_UNAVAILABLE,
        question.keyedIssuer().keys().retryAfter(),
        Answer.Reply.UNANSWERED);
  }

  private static Answer unavailable(
      TokenQuestion question, RefusalReason reason, Duration retryAfter, Answer.Reply reply) {
    return new Answer(
        new Verification.Unavailable(
            reason, Optional.of(retryAfter), Optional.of(question.claimed())),
        reply);
  }
}
