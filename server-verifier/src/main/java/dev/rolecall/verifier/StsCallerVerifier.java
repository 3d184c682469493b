package dev.rolecall.verifier;

import static dev.rolecall.identity.RefusalReason.AUDIENCE_MISMATCH;
import static dev.rolecall.identity.RefusalReason.CALLER_NOT_A_ROLE;
import static dev.rolecall.identity.RefusalReason.ENDPOINT_NOT_ALLOWED;
import static dev.rolecall.identity.RefusalReason.PROOF_MALFORMED;
import static dev.rolecall.identity.RefusalReason.STS_ANSWER_INVALID;
import static dev.rolecall.identity.RefusalReason.STS_REFUSED;
import static dev.rolecall.identity.RefusalReason.STS_UNAVAILABLE;
import static dev.rolecall.identity.RefusalReason.VERIFIER_DEFECT;
import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.CallerEvidence;
import dev.rolecall.identity.CallerProof;
import dev.rolecall.identity.ProofBinding;
import dev.rolecall.identity.ProofReading;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.tasks.DefectLog;
import dev.rolecall.verifier.metrics.SupervisedTask;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import dev.rolecall.verifier.sts.EndpointTable;
import dev.rolecall.verifier.sts.Signer;
import dev.rolecall.verifier.sts.StsAnswer;
import dev.rolecall.verifier.sts.StsClient;
import dev.rolecall.verifier.sts.StsEndpoint;
import dev.rolecall.verifier.sts.StsRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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

  StsCallerVerifier(
      Rules rules, Memory memory, StsClient sts, Instruments instruments, WorkThreads threads) {
    this.rules = rules;
    this.memory = memory;
    this.sts = sts;
    this.instruments = instruments;
    this.threads = threads;
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
              malformed -> refused(PROOF_MALFORMED));
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
    return CompletableFuture.completedFuture(facts(proof, Optional.empty()).in(refused));
  }

  private ProofFacts facts(CallerProof proof, Optional<StsAnswer> answer) {
    return ProofFacts.of(proof, rules.audience(), rules.endpoints().find(proof.host()), answer);
  }

  private CompletionStage<Verification> verify(CallerProof proof, Connection connection) {
    Optional<StsEndpoint> endpoint = rules.endpoints().find(proof.host()); // 3
    if (endpoint.isEmpty()) {
      return refused(ENDPOINT_NOT_ALLOWED);
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
    Asker asker = new Asker(connection.peer(), proof.accessKeyId());
    Optional<Verification> turnedAway = memory.turnedAway(proof, asker); // 7, before 6 costs more
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
        .join(digest, asker, verdict -> begin(proof, digest, endpoint.get(), verdict));
  }

  /**
   * Hands the look-up over: the thread that brings a proof is a transport's, which has other
   * connections to serve. What waits there is bounded as look-ups are.
   */
  private void begin(
      CallerProof proof, ProofDigest digest, StsEndpoint endpoint, Consumer<Verification> verdict) {
    long began = instruments.ticker().getAsLong();
    threads
        .supervisor()
        .executeOr(
            threads.executor(),
            SupervisedTask.LOOK_UP.label(),
            () -> {
              var unused =
                  answer(proof, digest, endpoint, began)
                      .exceptionally(this::defect)
                      .thenApply(verification -> facts(proof, Optional.empty()).in(verification))
                      .thenAccept(verdict);
            },
            // Shut down, by this verifier's end or by its owner, or without a thread: nobody must
            // wait.
            () -> verdict.accept(ended(began, unavailable(STS_UNAVAILABLE, endpoint))));
  }

  private CompletableFuture<Verification> answer(
      CallerProof proof, ProofDigest digest, StsEndpoint endpoint, long began) {
    try {
      // Another look-up of this proof may have ended since the look in the cache.
      Optional<Verification> meanwhile = memory.answers().meanwhile(proof, digest);
      return meanwhile.isPresent()
          ? CompletableFuture.completedFuture(meanwhile.get())
          : confirm(proof, endpoint)
              .thenApply(
                  verification -> {
                    memory.answers().remember(proof, digest, verification);
                    return verification;
                  })
              .exceptionally(this::defect)
              .thenApply(verification -> ended(began, verification));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Verification> confirm(CallerProof proof, StsEndpoint endpoint) {
    return sts.ask(StsRequest.rebuild(endpoint, rules.audience(), proof)) // 8, 9
        .thenApply(answer -> facts(proof, Optional.of(answer)).in(judge(answer, proof, endpoint)));
  }

  private Verification ended(long began, Verification verification) {
    instruments.ended(began, verification);
    return verification;
  }

  private Verification judge(StsAnswer answer, CallerProof proof, StsEndpoint endpoint) {
    return answer.fold(
        identity ->
            Signer.read(identity, endpoint.partition()) // 10
                .fold(
                    session -> admit(session, proof), // 11
                    () -> new Verification.Refused(CALLER_NOT_A_ROLE),
                    () -> unavailable(STS_ANSWER_INVALID, endpoint)),
        () -> new Verification.Refused(STS_REFUSED),
        () -> unavailable(STS_UNAVAILABLE, endpoint),
        () -> unavailable(STS_ANSWER_INVALID, endpoint));
  }

  private Verification admit(Signer.RoleSession session, CallerProof proof) {
    Instant now = instruments.clock().instant();
    return rules
        .lifetime()
        .refusal(proof, now) // 5 again: it may have lapsed while STS was asked.
        .<Verification>map(Verification.Refused::new)
        .orElseGet(
            () ->
                rules.callers().admit(session, rules.lifetime().notAfter(proof), evidence(proof)));
  }

  /** The binding rule has seen to it that a proof bound to a key came in its certificate. */
  private static CallerEvidence evidence(CallerProof proof) {
    return proof.binding() instanceof ProofBinding.Key
        ? CallerEvidence.ATTESTED_CERTIFICATE
        : CallerEvidence.CALL_PROOF;
  }

  private Verification defect(Throwable thrown) {
    defects.write(thrown);
    return new Verification.Unavailable(VERIFIER_DEFECT, Optional.empty());
  }

  private static CompletionStage<Verification> refused(RefusalReason reason) {
    return CompletableFuture.completedFuture(new Verification.Refused(reason));
  }

  private Verification unavailable(RefusalReason reason, StsEndpoint endpoint) {
    return new Verification.Unavailable(reason, Optional.of(sts.retryAfter(endpoint)));
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
        LookUps.Limits limits,
        Instruments instruments,
        RandomGenerator random) {
      SeenSignatures seen = new SeenSignatures();
      return new Memory(
          new RememberedAnswers(
              bounds, instruments.clock(), instruments.ticker(), instruments.metrics(), seen),
          new LookUps(limits, instruments.ticker(), random, seen),
          seen);
    }

    /** The verdict on a proof that is neither known nor being looked up, if it may not be. */
    Optional<Verification> turnedAway(CallerProof proof, Asker asker) {
      if (seen.mayHave(proof)) {
        return Optional.empty();
      }
      Optional<Verification> tooMany = lookUps.turnedAway(asker);
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
