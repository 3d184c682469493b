package dev.rolecall.access.lookup;

import static dev.rolecall.identity.RefusalReason.DEFECT;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;

import dev.rolecall.access.internal.limits.LookupSource;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.CredentialKey;
import dev.rolecall.access.scheme.Question;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.internal.DefectLog;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The answers to schemes' questions: remembered, under way, or asked for now, once for all who wait
 * and within limits. Safe for use by many threads; never blocks.
 *
 * @param useful the callers that something here could admit
 * @param defects is told of what should not have been thrown
 */
record IssuerAnswers(
    AccessRuntime runtime, LookupMemory memory, UsefulCallers useful, DefectLog defects) {

  /**
   * The verdict on the credential that the question is about: complete where it is remembered or no
   * look-up may begin.
   *
   * @param key the credential's key, of its scheme
   */
  CompletableFuture<Verification> to(Question question, CredentialKey key, Connection connection) {
    Optional<Verification> verified = memory.cache().verified(key);
    if (verified.isPresent()) {
      return CompletableFuture.completedFuture(onIt(question, connection, verified.get()));
    }
    LookupSource source = LookupSource.of(connection.peer(), question.claimedId());
    // Before the refusals, whose key costs more than the rest.
    if (memory.turnsAway(key, source, question.issuer())) {
      return CompletableFuture.completedFuture(
          Finding.withFacts(memory.lookUps().tooMany(), question));
    }
    CredentialDigest digest = CredentialDigest.of(key);
    Optional<Verification> refused = memory.cache().refused(digest);
    if (refused.isPresent()) {
      return CompletableFuture.completedFuture(Finding.withFacts(refused.get(), question));
    }
    CompletableFuture<Verification> verdict =
        memory
            .lookUps()
            .join(
                digest,
                source,
                question.issuer(),
                found -> onIt(question, connection, found),
                begun -> begin(question, key, begun));
    // A look-up that is under way adds the facts itself.
    return verdict.isDone()
        ? CompletableFuture.completedFuture(Finding.withFacts(verdict.join(), question))
        : verdict;
  }

  /** The verdict on that connection; with the facts, where it is refused there alone. */
  private static Verification onIt(Question question, Connection connection, Verification verdict) {
    Verification there = SenderRule.on(connection, verdict);
    return there == verdict ? verdict : Finding.withFacts(there, question);
  }

  /**
   * Hands the look-up over: the thread that brings a credential is a transport's, which has other
   * connections to serve. What waits there is bounded as look-ups are.
   */
  private void begin(Question question, CredentialKey key, LookUps.Begun lookUp) {
    long began = runtime.ticker().getAsLong();
    runtime
        .supervisor()
        .executeOr(
            runtime.lookUps(),
            SupervisedTask.LOOK_UP.label(),
            () -> {
              var unused =
                  found(question, key, lookUp, began)
                      .exceptionally(thrown -> Finding.unasked(defect(thrown)))
                      .thenAccept(found -> finish(lookUp, question, found));
            },
            () -> finish(lookUp, question, notBegun(question, began)));
  }

  /** Shut down, or without a thread: no call may wait on, whatever the scheme throws. */
  private Finding notBegun(Question question, long began) {
    try {
      return ended(began, Finding.unasked(away(question)));
    } catch (RuntimeException | Error e) {
      return Finding.unasked(defect(e));
    }
  }

  private void finish(LookUps.Begun lookUp, Question question, Finding found) {
    Verification verification = found.verification();
    try {
      verification = Finding.withFacts(verification, question);
    } catch (RuntimeException | Error e) {
      // Going on is safe: a verdict without facts is a verdict, and callers wait for it.
      defects.write(e);
    }
    lookUp.finish(verification, found.settlement());
  }

  private CompletableFuture<Finding> found(
      Question question, CredentialKey key, LookUps.Begun lookUp, long began) {
    try {
      // Another look-up of this credential may have ended since the look in the cache.
      Optional<Verification> meanwhile = memory.cache().meanwhile(key, lookUp.credential());
      return meanwhile.isPresent()
          ? CompletableFuture.completedFuture(Finding.unasked(meanwhile.get()))
          : ask(question, lookUp, began)
              .thenApply(
                  found -> {
                    memory.cache().remember(key, lookUp.credential(), found);
                    return found;
                  })
              .exceptionally(thrown -> Finding.unasked(defect(thrown)))
              .thenApply(found -> ended(began, found));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Finding> ask(Question question, LookUps.Begun lookUp, long began) {
    if (lookUp.isDeserted()) {
      return unasked(memory.lookUps().tooMany());
    }
    if (lookUp.mayBeSent()) {
      return send(question, began);
    }
    return question
        .issuer()
        .answersQuestion()
        .thenCompose(
            answers -> {
              if (!answers) {
                return unasked(away(question));
              }
              return !lookUp.isDeserted() && lookUp.goesOn()
                  ? send(question, began)
                  : unasked(memory.lookUps().tooMany());
            });
  }

  private CompletableFuture<Finding> send(Question question, long began) {
    return question.ask(began).thenApply(answer -> Finding.of(answer, useful));
  }

  private Finding ended(long began, Finding found) {
    memory.ended(runtime.ticker().getAsLong() - began, found.verification());
    return found;
  }

  private static Verification away(Question question) {
    return new Verification.Unavailable(
        ISSUER_UNAVAILABLE, Optional.of(question.issuer().retryAfter()), question.facts());
  }

  /** The verdict where something threw that should not, which is logged. */
  Verification defect(Throwable thrown) {
    defects.write(thrown);
    return new Verification.Unavailable(DEFECT, Optional.empty());
  }

  private static CompletableFuture<Finding> unasked(Verification verification) {
    return CompletableFuture.completedFuture(Finding.unasked(verification));
  }
}
