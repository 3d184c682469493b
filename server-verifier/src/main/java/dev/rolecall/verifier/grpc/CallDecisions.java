package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.Verification;
import dev.rolecall.verifier.metrics.SupervisedTask;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Admits calls and refuses them. A refusal closes the call first and is written down afterwards, so
 * that no sink or metric can leave its client waiting.
 */
final class CallDecisions {

  private final PolicySource policies;
  private final GuardTime time;
  private final DecisionJournal journal;
  private final Permits permits;
  private final LiveCalls live;
  private final Admitter admitter;
  private final Supervisor supervisor;
  private volatile boolean closed;

  CallDecisions(
      PolicySource policies,
      GuardTime time,
      DecisionJournal journal,
      Permits permits,
      LiveCalls live,
      Admitter admitter,
      Supervisor supervisor) {
    this.policies = requireNonNull(policies, "policies");
    this.time = requireNonNull(time, "time");
    this.journal = requireNonNull(journal, "journal");
    this.permits = requireNonNull(permits, "permits");
    this.live = requireNonNull(live, "live");
    this.admitter = requireNonNull(admitter, "admitter");
    this.supervisor = requireNonNull(supervisor, "supervisor");
  }

  /** Whether every call is refused from now on. */
  boolean closed() {
    return closed;
  }

  private KnownCaller known(Caller caller) {
    return new KnownCaller(caller, time.lapseOf(caller));
  }

  /** Decides a call by the verdict on its proof. */
  <ReqT> @Nullable AdmittedCall<ReqT> settle(
      Arrival<ReqT, ?> arrival,
      Function<KnownCaller, KnownCaller> remember,
      Verification verification) {
    return verification.fold(
        verified -> {
          Caller caller = verified.caller();
          if (time.instant().isAfter(caller.notAfter())) {
            return refuse(arrival, RefusalReason.CREDENTIAL_EXPIRED);
          }
          long now = time.millis();
          KnownCaller known = remember.apply(known(caller));
          // What has lapsed on this connection stays lapsed, though the clock was set back since.
          return known.isGoodAt(now, time.elapsedAtLastWalk())
              ? decide(arrival, known, policies.current(), now)
              : refuse(arrival, RefusalReason.CREDENTIAL_EXPIRED);
        },
        refused -> refuse(arrival, null, Refusal.of(refused, time.instant())),
        unavailable -> refuse(arrival, null, Refusal.of(unavailable)));
  }

  /** Decides a call whose caller is known. */
  <ReqT> @Nullable AdmittedCall<ReqT> decide(
      Arrival<ReqT, ?> arrival, KnownCaller known, AccessPolicy policy, long now) {
    Permit held = known.permit(arrival.method(), policy);
    if (held != null) {
      return admit(arrival, permits.use(held, known, now), policy);
    }
    CalledMethod method = arrival.method();
    Caller caller = known.caller();
    Decision decision = method.decide(policy, caller);
    return decision.fold(
        allowed -> {
          Permit given = permits.give(arrival, known, policy, allowed.by(), now);
          return admit(arrival, permits.use(given, known, now), policy);
        },
        denied ->
            refuse(arrival, caller, Refusal.notAllowed(caller, method.fullName(), denied.rule())));
  }

  /** Admits a call of a public method. */
  <ReqT> @Nullable AdmittedCall<ReqT> admitPublic(Arrival<ReqT, ?> arrival, AccessPolicy policy) {
    return admit(arrival, permits.useOpen(arrival), policy);
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> admit(
      Arrival<ReqT, ?> arrival, Admission admission, AccessPolicy policy) {
    AdmittedCall<ReqT> admitted = admitter.admit(arrival, admission, policy);
    if (closed && admitted != null) {
      end(admitted);
    }
    return admitted;
  }

  /** Refuses a call whose caller is not known. */
  <ReqT> @Nullable AdmittedCall<ReqT> refuse(Arrival<ReqT, ?> arrival, RefusalReason reason) {
    return refuse(arrival, null, Refusal.of(reason, time.instant()));
  }

  private <ReqT> @Nullable AdmittedCall<ReqT> refuse(
      Arrival<ReqT, ?> arrival, @Nullable Caller caller, Refusal refusal) {
    try {
      RefusalStatus.close(arrival.call(), refusal);
    } finally {
      supervisor.run(
          SupervisedTask.DECISION_RECORD.label(),
          () -> journal.refused(arrival.method(), arrival.peer(), caller, refusal));
    }
    return null;
  }

  /**
   * Writes down that nothing could be decided about a call, because something of the guard's threw
   * that should not. The call has been closed. Throws nothing.
   *
   * @param came the call; nothing is recorded if that throws too
   */
  void failed(Supplier<Arrival<?, ?>> came, Throwable thrown) {
    supervisor.caught(SupervisedTask.CALL_DECISION.label(), thrown);
    supervisor.run(
        SupervisedTask.DECISION_RECORD.label(),
        () -> {
          Arrival<?, ?> arrival = came.get();
          journal.refused(arrival.method(), arrival.peer(), null, Refusal.of(RefusalReason.DEFECT));
        });
  }

  /** Refuses what comes from now on, and ends what lives: nobody would end it in time. */
  void close() {
    closed = true;
    live.snapshot()
        .forEach(call -> supervisor.run(SupervisedTask.CALL_END.label(), () -> end(call)));
  }

  private void end(AdmittedCall<?> call) {
    Refusal refusal = Refusal.of(RefusalReason.GUARD_CLOSED);
    call.end(refusal, () -> journal.ended(call.admission(), refusal));
  }
}
