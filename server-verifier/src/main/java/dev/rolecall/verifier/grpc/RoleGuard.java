package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thing to put in front of a gRPC server's services: admits each call by the IAM role of
 * its caller, or refuses it.
 *
 * <p>Attach it last ({@code ServerBuilder.intercept}), so that it runs first. A proof that was good
 * on this connection before is compared and the call goes on, on the same thread; any other call
 * waits for its verdict without holding a thread. Where the builder was told to, the caller is
 * taken from the connection's certificate instead. A handler reads its caller from {@link
 * CurrentCaller}. Calls that outlive their proof, or a change of policy that forbids them, are
 * ended: see {@link StreamLifetime}.
 *
 * <p>Safe for use by many threads; never blocks. Close it after the server has terminated; it
 * closes neither the verifier nor the policy's source, which are its user's.
 */
public final class RoleGuard implements ServerInterceptor, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(RoleGuard.class.getName());

  private final Verdicts verdicts;
  private final PolicySource policies;
  private final PeerAttestations attestations;
  private final boolean callProofs;
  private final Clock clock;
  private final Executor executor;
  private final CalledMethods methods;
  private final Connections connections;
  private final DecisionJournal journal;
  private final Semaphore suspensions;
  private final Permits permits;
  private final LiveCalls live = new LiveCalls();
  private final Admitter admitter;
  private final CallWatch watch;
  private final Runnable releaseThreads;
  private volatile boolean closed;

  RoleGuard(RoleGuardBuilder options, RoleGuardBuilder.Threads threads) {
    this.verdicts = new Verdicts(options.verifier);
    this.policies = options.policies;
    this.attestations = options.attestations;
    this.callProofs = options.callProofs;
    this.clock = options.clock;
    this.executor = threads.executor();
    this.releaseThreads = threads.release();
    this.methods = new CalledMethods(options.auditing, options.auditingOf);
    this.connections = new Connections(clock);
    this.journal = options.journal(threads.scheduler());
    this.suspensions = new Semaphore(options.maxSuspendedCalls);
    this.permits = new Permits(options.streamLifetime, journal);
    this.admitter = new Admitter(executor, live);
    this.watch =
        new CallWatch(live, policies, clock, journal, threads.scheduler(), options.watchPeriod);
  }

  /**
   * A builder of a guard that asks {@code verifier} who calls and {@code policies} whether they
   * may.
   */
  public static RoleGuardBuilder builder(CallerVerifier verifier, PolicySource policies) {
    return new RoleGuardBuilder(verifier, policies);
  }

  /** Whether it takes callers from what connections show, as the guard of attested TLS does. */
  public boolean takesCallersFromConnections() {
    return attestations != RoleGuardBuilder.NO_CONNECTIONS;
  }

  /** Decides the call. gRPC calls this; nobody else need. */
  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    Arrival<ReqT, RespT> arrival =
        new Arrival<>(
            call,
            headers,
            next,
            methods.of(call.getMethodDescriptor()),
            connections.of(call.getAttributes()),
            true);
    if (closed) {
      return orNothing(refuse(arrival, RefusalReason.GUARD_CLOSED));
    }
    AccessPolicy policy = policies.current();
    if (arrival.method().isPublicIn(policy)) {
      return orNothing(admit(arrival, permits.useOpen(arrival), policy));
    }
    PeerAttestation attestation = attestations.of(call.getAttributes());
    if (attestation instanceof PeerAttestation.Shown shown) {
      return byAttestation(arrival, shown, policy);
    }
    if (attestation == PeerAttestation.invalid()) {
      return orNothing(refuse(arrival, RefusalReason.ATTESTATION_INVALID));
    }
    return callProofs
        ? byCallProof(arrival, policy)
        : orNothing(refuse(arrival, RefusalReason.PROOF_MISSING));
  }

  /** The caller is the connection's peer; what the call's metadata says is not looked at. */
  private <ReqT, RespT> ServerCall.Listener<ReqT> byAttestation(
      Arrival<ReqT, RespT> arrival, PeerAttestation.Shown shown, AccessPolicy policy) {
    ConnectionMemo memo = arrival.connection();
    long now = clock.millis();
    KnownCaller known = memo.attestedCaller(now);
    if (known != null) {
      return orNothing(decide(arrival, known, policy, now));
    }
    Connection attested = Connection.attested(memo.network(), shown.key());
    return await(arrival, shown.proof(), attested, memo::rememberAttested);
  }

  private <ReqT, RespT> ServerCall.Listener<ReqT> byCallProof(
      Arrival<ReqT, RespT> arrival, AccessPolicy policy) {
    byte[] authorization = AuthorizationHeader.single(arrival.headers());
    if (authorization == null) {
      return orNothing(refuse(arrival, AuthorizationHeader.whyNotSingle(arrival.headers())));
    }
    ConnectionMemo memo = arrival.connection();
    long now = clock.millis();
    KnownCaller known = memo.callerOf(authorization, now);
    if (known != null) {
      return orNothing(decide(arrival, known, policy, now));
    }
    String proof = AuthorizationHeader.proofIn(authorization);
    if (proof == null) {
      return orNothing(refuse(arrival, RefusalReason.PROOF_MALFORMED));
    }
    Connection described = connections.describe(memo);
    return await(arrival, proof, described, caller -> memo.remember(authorization, caller));
  }

  private <ReqT, RespT> ServerCall.Listener<ReqT> await(
      Arrival<ReqT, RespT> arrival,
      String proof,
      Connection from,
      Function<Caller, KnownCaller> remember) {
    CompletableFuture<Verification> verdict = verdicts.of(proof, from);
    return verdict.isDone()
        ? orNothing(settle(arrival, remember, verdicts.in(verdict)))
        : suspend(arrival, remember, verdict);
  }

  private <ReqT, RespT> ServerCall.Listener<ReqT> suspend(
      Arrival<ReqT, RespT> arrival,
      Function<Caller, KnownCaller> remember,
      CompletableFuture<Verification> verdict) {
    if (!suspensions.tryAcquire()) {
      return orNothing(settle(arrival, remember, Verdicts.TOO_MANY_SUSPENDED));
    }
    SuspendedCall<ReqT, RespT> suspended =
        new SuspendedCall<>(
            arrival.call(),
            (late, verification) -> settle(arrival.startedLate(late), remember, verification));
    CompletionStage<Verification> stage = verdict;
    stage.whenComplete((verification, thrown) -> resume(suspended, verdict));
    return suspended;
  }

  /** On the verifier's thread, which must not run a handler; so the call goes on on another. */
  private void resume(SuspendedCall<?, ?> suspended, CompletableFuture<Verification> verdict) {
    try {
      executor.execute(
          () -> {
            suspensions.release();
            suspended.resume(verdicts.in(verdict));
          });
    } catch (RejectedExecutionException e) {
      suspensions.release();
      // To refuse is to close a call, which any thread may do.
      suspended.resume(Verdicts.TOO_MANY_SUSPENDED);
    }
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> settle(
      Arrival<ReqT, ?> arrival, Function<Caller, KnownCaller> remember, Verification verification) {
    return verification.fold(
        verified -> {
          Caller caller = verified.caller();
          if (clock.instant().isAfter(caller.notAfter())) {
            return refuse(arrival, RefusalReason.PROOF_EXPIRED);
          }
          return decide(arrival, remember.apply(caller));
        },
        refused -> refuse(arrival, null, Refusal.of(refused, clock.instant())),
        unavailable -> refuse(arrival, null, Refusal.of(unavailable)));
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> decide(Arrival<ReqT, ?> arrival, KnownCaller known) {
    AccessPolicy policy;
    try {
      policy = policies.current();
    } catch (RuntimeException e) {
      return policyFailed(arrival, e);
    }
    return decide(arrival, known, policy, clock.millis());
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> decide(
      Arrival<ReqT, ?> arrival, KnownCaller known, AccessPolicy policy, long now) {
    Permit held = known.permit(arrival.method(), policy);
    if (held != null) {
      return admit(arrival, permits.use(held, known.caller(), now), policy);
    }
    CalledMethod method = arrival.method();
    Caller caller = known.caller();
    Decision decision;
    try {
      decision = method.decide(policy, caller);
    } catch (RuntimeException e) {
      return policyFailed(arrival, e);
    }
    return decision.fold(
        allowed -> {
          Permit given = permits.give(arrival, known, policy, allowed.by(), now);
          return admit(arrival, permits.use(given, caller, now), policy);
        },
        denied ->
            refuse(arrival, caller, Refusal.notAllowed(caller, method.fullName(), denied.rule())));
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> policyFailed(
      Arrival<ReqT, ?> arrival, RuntimeException thrown) {
    LOG.log(Level.ERROR, "the policy failed", thrown);
    return refuse(arrival, RefusalReason.VERIFIER_DEFECT);
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> admit(
      Arrival<ReqT, ?> arrival, Admission admission, AccessPolicy policy) {
    AdmittedCall<ReqT> admitted = admitter.admit(arrival, admission, policy);
    if (closed && admitted != null) {
      end(admitted);
    }
    return admitted;
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> refuse(
      Arrival<ReqT, ?> arrival, RefusalReason reason) {
    return refuse(arrival, null, Refusal.of(reason, clock.instant()));
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> refuse(
      Arrival<ReqT, ?> arrival, @Nullable Caller caller, Refusal refusal) {
    journal.refused(arrival.method(), arrival.peer(), caller, refusal);
    RefusalStatus.close(arrival.call(), refusal);
    return null;
  }

  private static <ReqT> ServerCall.Listener<ReqT> orNothing(@Nullable AdmittedCall<ReqT> admitted) {
    return admitted != null ? admitted : new ServerCall.Listener<>() {};
  }

  private void end(AdmittedCall<?> call) {
    Refusal refusal = Refusal.of(RefusalReason.GUARD_CLOSED, clock.instant());
    call.end(refusal, () -> journal.ended(call.admission(), refusal));
  }

  /** How many admitted calls have not had their last event. */
  int liveCalls() {
    return live.size();
  }

  /**
   * Stops the guard: calls that live are ended and later ones refused, both with {@code
   * UNAVAILABLE}, because nobody would end them when their proof lapses. Does not wait. A second
   * call does nothing more.
   */
  @Override
  public void close() {
    closed = true;
    watch.close();
    live.snapshot().forEach(this::end);
    journal.close();
    releaseThreads.run();
  }
}
