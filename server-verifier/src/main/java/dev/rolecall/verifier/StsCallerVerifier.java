package dev.rolecall.verifier;

import static dev.rolecall.identity.RefusalReason.AUDIENCE_MISMATCH;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MALFORMED;
import static dev.rolecall.identity.RefusalReason.DEFECT;
import static dev.rolecall.identity.RefusalReason.ISSUER_NOT_ALLOWED;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.DefectLog;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofReading;
import dev.rolecall.verifier.limits.Asker;
import dev.rolecall.verifier.limits.LookUpLimits;
import dev.rolecall.verifier.metrics.SupervisedTask;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import dev.rolecall.verifier.sts.EndpointTable;
import dev.rolecall.verifier.sts.StsAnswer;
import dev.rolecall.verifier.sts.StsClient;
import dev.rolecall.verifier.sts.StsEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The steps of the protocol's section 5, in its order and with its numbers; step 1, the header, is
 * gRPC's affair. Steps 2 to 5 are taken on every call, before anything is looked up: an answer
 * remembered is no reason to accept a proof on the wrong connection or after its time.
 */
final class StsCallerVerifier implements CallerVerifier {

  private final Rules rules;
  private final Memory memory;
  private final StsClient sts;
  private final Instruments instruments;
  private final DefectLog defects = new DefectLog(System.getLogger(CallerVerifier.class.getName()));
  private final WorkThreads threads;
  private final UsefulCallers useful = new UsefulCallers();
  private final StsConfirmer confirmer;

  StsCallerVerifier(
      Rules rules, Memory memory, StsClient sts, Instruments instruments, WorkThreads threads) {
    this.rules = rules;
    this.memory = memory;
    this.sts = sts;
    this.instruments = instruments;
    this.threads = threads;
    this.confirmer = new StsConfirmer(rules, sts, instruments.clock(), useful);
  }

  @Override
  public CompletionStage<Verification> verify(String proofText, Connection connection) {
    requireNonNull(proofText, "proofText");
    requireNonNull(connection, "connection");
    try {
      return rules
          .read(proofText) // 2
          .fold(
              proof -> withFacts(proof, verify(proof, connection)),
              malformed -> refused(CREDENTIAL_MALFORMED));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.completedFuture(defect(e));
    }
  }

  /** A look-up that is still under way adds the facts itself, with STS's code. */
  private CompletionStage<Verification> withFacts(
      CallerProof proof, CompletionStage<Verification> stage) {
    CompletableFuture<Verification> verdict = stage.toCompletableFuture();
    if (!verdict.isDone() || verdict.join() instanceof Verification.Verified) {
      return stage;
    }
    Verification refused = verdict.join();
    return CompletableFuture.completedFuture(
        ProofFacts.in(refused, () -> rules.facts(proof, Optional.empty())));
  }

  private CompletionStage<Verification> verify(CallerProof proof, Connection connection) {
    Optional<StsEndpoint> endpoint = rules.endpoints().find(proof.host()); // 3
    if (endpoint.isEmpty()) {
      return refused(ISSUER_NOT_ALLOWED);
    }
    if (!proof.audience().equals(rules.audience())) { // 4
      return refused(AUDIENCE_MISMATCH);
    }
    Optional<RefusalReason> unbound = rules.binding().refusal(proof.binding(), connection); // 4
    if (unbound.isPresent()) {
      return refused(unbound.get());
    }
    Optional<RefusalReason> untimely = // 5
        rules.lifetime().refusal(proof, instruments.clock().instant());
    if (untimely.isPresent()) {
      return refused(untimely.get());
    }
    Optional<Verification> verified = memory.answers().verified(proof); // 6
    if (verified.isPresent()) {
      return CompletableFuture.completedFuture(verified.get());
    }
    Asker asker = Asker.of(connection.peer(), proof.accessKeyId());
    Optional<Verification> turnedAway = // 7, before 6 costs more
        memory.turnedAway(proof, asker, endpoint.get());
    if (turnedAway.isPresent()) {
      return CompletableFuture.completedFuture(turnedAway.get());
    }
    ProofDigest digest = ProofDigest.of(proof);
    Optional<Verification> refused = memory.answers().refused(digest); // 6
    if (refused.isPresent()) {
      return CompletableFuture.completedFuture(refused.get());
    }
    return memory
        .lookUps() // 7
        .join(digest, asker, endpoint.get(), begun -> begin(proof, begun));
  }

  /**
   * Hands the look-up over: the thread that brings a proof is a transport's, which has other
   * connections to serve. What waits there is bounded as look-ups are.
   */
  private void begin(CallerProof proof, LookUps.Begun lookUp) {
    long began = instruments.ticker().getAsLong();
    threads
        .supervisor()
        .executeOr(
            threads.executor(),
            SupervisedTask.LOOK_UP.label(),
            () -> {
              var unused =
                  answer(proof, lookUp, began)
                      .exceptionally(thrown -> Finding.unasked(defect(thrown)))
                      .thenApply(found -> found.with(() -> rules.facts(proof, Optional.empty())))
                      .exceptionally(thrown -> Finding.unasked(defect(thrown)))
                      .thenAccept(found -> lookUp.finish(found.verification(), found.outcome()));
            },
            // Shut down, by this verifier's end or by its owner, or without a thread: nobody must
            // wait.
            () -> {
              Finding over =
                  Finding.unasked(confirmer.unavailable(ISSUER_UNAVAILABLE, lookUp.endpoint()));
              lookUp.finish(ended(began, over).verification(), over.outcome());
            });
  }

  private CompletableFuture<Finding> answer(CallerProof proof, LookUps.Begun lookUp, long began) {
    try {
      // Another look-up of this proof may have ended since the look in the cache.
      Optional<Verification> meanwhile = memory.answers().meanwhile(proof, lookUp.proof());
      return meanwhile.isPresent()
          ? CompletableFuture.completedFuture(Finding.unasked(meanwhile.get()))
          : confirm(proof, lookUp, began)
              .thenApply(
                  found -> {
                    memory.answers().remember(proof, lookUp.proof(), found);
                    return found;
                  })
              .exceptionally(thrown -> Finding.unasked(defect(thrown)))
              .thenApply(found -> ended(began, found));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Finding> confirm(CallerProof proof, LookUps.Begun lookUp, long began) {
    if (lookUp.isDeserted()) {
      return CompletableFuture.completedFuture(Finding.unasked(memory.lookUps().tooMany()));
    }
    if (lookUp.mayBeSent()) {
      return confirmer.confirm(proof, lookUp.endpoint(), began);
    }
    return sts.answersQuestion(lookUp.endpoint())
        .thenCompose(
            answers ->
                answers
                    ? goOn(proof, lookUp, began)
                    : CompletableFuture.completedFuture(
                        Finding.unasked(
                            confirmer.unavailable(ISSUER_UNAVAILABLE, lookUp.endpoint()))));
  }

  /** The endpoint has answered the verifier's own question. */
  private CompletableFuture<Finding> goOn(CallerProof proof, LookUps.Begun lookUp, long began) {
    return !lookUp.isDeserted() && lookUp.goesOn()
        ? confirmer.confirm(proof, lookUp.endpoint(), began)
        : CompletableFuture.completedFuture(Finding.unasked(memory.lookUps().tooMany()));
  }

  private Finding ended(long began, Finding found) {
    instruments.ended(began, found.verification());
    return found;
  }

  private Verification defect(Throwable thrown) {
    defects.write(thrown);
    return new Verification.Unavailable(DEFECT, Optional.empty());
  }

  private static CompletionStage<Verification> refused(RefusalReason reason) {
    return CompletableFuture.completedFuture(new Verification.Refused(reason));
  }

  @Override
  public Registration admitting(Predicate<Caller> admissible) {
    return useful.add(admissible);
  }

  @Override
  public void close() {
    sts.close();
    threads.shutDown().run();
  }

  /** What a proof is held against. */
  record Rules(
      EndpointTable endpoints,
      Audience audience,
      boolean eksTokens,
      BindingRule binding,
      ProofLifetime lifetime,
      AcceptedCallers callers) {

    ProofFacts facts(CallerProof proof, Optional<StsAnswer> answer) {
      return ProofFacts.of(proof, audience, endpoints.find(proof.host()), answer);
    }

    ProofReading read(String text) {
      return eksTokens && text.startsWith(CallerProof.EKS_TOKEN_PREFIX)
          ? CallerProof.readEksToken(text, audience)
          : CallerProof.read(text);
    }
  }

  /** What is known already, what is being found out, and which proofs neither can be. */
  record Memory(RememberedAnswers answers, LookUps lookUps, SeenSignatures seen) {

    static Memory empty(
        RememberedAnswers.Bounds bounds,
        LookUpLimits limits,
        Instruments instruments,
        RandomGenerator random) {
      SeenSignatures seen = new SeenSignatures();
      return new Memory(
          new RememberedAnswers(
              bounds, instruments.clock(), instruments.ticker(), instruments.metrics(), seen),
          new LookUps(limits, random, seen),
          seen);
    }

    /** The verdict on a proof that is neither known nor being looked up, if it may not be. */
    Optional<Verification> turnedAway(CallerProof proof, Asker asker, StsEndpoint endpoint) {
      if (seen.mayHave(proof)) {
        return Optional.empty();
      }
      Optional<Verification> tooMany = lookUps.turnedAway(asker, endpoint);
      if (tooMany.isPresent()) {
        answers.notRefused();
      }
      return tooMany;
    }
  }

  /** What time is read from and written to. */
  record Instruments(Clock clock, LongSupplier ticker, VerifierMetrics metrics) {

    void ended(long began, Verification verification) {
      metrics.verified(
          Duration.ofNanos(ticker.getAsLong() - began),
          verification.fold(
              verified -> "verified",
              refused -> refused.reason().label(),
              unavailable -> unavailable.reason().label()));
    }
  }
}
