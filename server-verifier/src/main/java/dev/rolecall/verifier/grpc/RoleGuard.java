package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.Verification;
import dev.rolecall.verifier.metrics.SupervisedTask;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.CompletableFuture;
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

  private final Verdicts verdicts;
  private final PolicySource policies;
  private final PeerAttestations attestations;
  private final boolean callProofs;
  private final GuardTime time;
  private final CalledMethods methods;
  private final Connections connections;
  private final LiveCalls live = new LiveCalls();
  private final CallDecisions decisions;
  private final Suspensions suspensions;
  private final CallWatch watch;
  private final DecisionJournal journal;
  private final Supervisor supervisor;
  private final Runnable releaseThreads;

  RoleGuard(RoleGuardBuilder options, GuardThreads threads) {
    VerifierMetrics metrics = options.metrics();
    metrics.supervising(
        SupervisedTask.CALL_DECISION,
        SupervisedTask.CALL_START,
        SupervisedTask.CALL_END,
        SupervisedTask.CALL_CANCEL,
        SupervisedTask.CALL_WATCH,
        SupervisedTask.DECISION_RECORD);
    this.supervisor =
        new Supervisor(System.getLogger(RoleGuard.class.getName()), metrics::taskFailed);
    this.verdicts = new Verdicts(options.verifier, options.policies);
    this.policies = options.policies;
    this.attestations = options.attestations;
    this.callProofs = options.callProofs;
    this.time = new GuardTime(options.clock, options.ticker);
    this.releaseThreads = threads.release();
    this.methods = new CalledMethods(options.auditing, options.auditingOf);
    this.connections = new Connections(options.clock);
    this.journal =
        options.journal(metrics).summarizedBy(supervisor, threads.walks(), threads.starts());
    this.decisions =
        new CallDecisions(
            policies,
            time,
            journal,
            new Permits(options.streamLifetime, time, journal, supervisor),
            live,
            new Admitter(new CallEnds(supervisor, threads.ends(), threads.starts()), live),
            supervisor);
    this.suspensions =
        new Suspensions(
            options.maxSuspendedCalls, verdicts, decisions, threads.starts(), supervisor);
    this.watch = new CallWatch(live, policies, time, journal, supervisor);
    watch.start(threads.walks(), options.watchPeriod);
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
    try {
      return orNothing(decide(arrival(call, headers, next)));
    } catch (HandlerFailure e) {
      throw e.rethrow();
    } catch (RuntimeException | Error e) {
      RefusalStatus.closeAfterDefect(call);
      // Another one: were the first to live until here, each call would allocate it.
      decisions.failed(() -> arrival(call, headers, next), e);
      return orNothing(null);
    }
  }

  private <ReqT, RespT> Arrival<ReqT, RespT> arrival(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    return new Arrival<>(
        call,
        headers,
        next,
        methods.of(call.getMethodDescriptor()),
        connections.of(call.getAttributes()),
        true);
  }

  private <ReqT, RespT> ServerCall.@Nullable Listener<ReqT> decide(Arrival<ReqT, RespT> arrival) {
    if (decisions.closed()) {
      return decisions.refuse(arrival, RefusalReason.GUARD_CLOSED);
    }
    AccessPolicy policy = policies.current();
    if (arrival.method().isPublicIn(policy)) {
      return decisions.admitPublic(arrival, policy);
    }
    PeerAttestation attestation = attestations.of(arrival.call().getAttributes());
    if (attestation instanceof PeerAttestation.Shown shown) {
      return byAttestation(arrival, shown, policy);
    }
    if (attestation == PeerAttestation.invalid()) {
      return decisions.refuse(arrival, RefusalReason.ATTESTATION_INVALID);
    }
    return callProofs
        ? byCallProof(arrival, policy)
        : decisions.refuse(arrival, RefusalReason.CREDENTIAL_MISSING);
  }

  /** The caller is the connection's peer; what the call's metadata says is not looked at. */
  private <ReqT, RespT> ServerCall.@Nullable Listener<ReqT> byAttestation(
      Arrival<ReqT, RespT> arrival, PeerAttestation.Shown shown, AccessPolicy policy) {
    ConnectionMemo memo = arrival.connection();
    long now = time.millis();
    KnownCaller known = memo.attestedCaller();
    if (known != null && known.isGoodAt(now, time.elapsedAtLastWalk())) {
      return decisions.decide(arrival, known, policy, now);
    }
    Connection attested = Connection.attested(memo.peer(), shown.key());
    return await(arrival, shown.proof(), attested, memo::rememberAttested);
  }

  private <ReqT, RespT> ServerCall.@Nullable Listener<ReqT> byCallProof(
      Arrival<ReqT, RespT> arrival, AccessPolicy policy) {
    byte[] authorization = AuthorizationHeader.single(arrival.headers());
    if (authorization == null) {
      return decisions.refuse(arrival, AuthorizationHeader.whyNotSingle(arrival.headers()));
    }
    ConnectionMemo memo = arrival.connection();
    long now = time.millis();
    KnownCaller known = memo.callerOf(authorization);
    if (known != null && known.isGoodAt(now, time.elapsedAtLastWalk())) {
      return decisions.decide(arrival, known, policy, now);
    }
    String proof = AuthorizationHeader.proofIn(authorization);
    if (proof == null) {
      return decisions.refuse(arrival, RefusalReason.CREDENTIAL_MALFORMED);
    }
    Connection described = connections.describe(memo);
    return await(arrival, proof, described, caller -> memo.remember(authorization, caller));
  }

  private <ReqT, RespT> ServerCall.@Nullable Listener<ReqT> await(
      Arrival<ReqT, RespT> arrival,
      String proof,
      Connection from,
      Function<KnownCaller, KnownCaller> remember) {
    CompletableFuture<Verification> verdict = verdicts.of(proof, from);
    return verdict.isDone()
        ? decisions.settle(arrival, remember, verdicts.in(verdict))
        : suspensions.suspend(arrival, remember, verdict);
  }

  private static <ReqT> ServerCall.Listener<ReqT> orNothing(
      ServerCall.@Nullable Listener<ReqT> listener) {
    return listener != null ? listener : new ServerCall.Listener<>() {};
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
    supervisor.run(SupervisedTask.CALL_DECISION.label(), verdicts::close);
    supervisor.run(SupervisedTask.CALL_WATCH.label(), watch::close);
    supervisor.run(SupervisedTask.CALL_END.label(), decisions::close);
    supervisor.run(SupervisedTask.DECISION_RECORD.label(), journal::close);
    releaseThreads.run();
  }
}
