package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;
import dev.rolecall.verifier.metrics.SupervisedTask;

/** Gives permits, and has each call that is let through journalled. */
final class Permits {

  private final StreamLifetime lifetime;
  private final GuardTime time;
  private final DecisionJournal journal;
  private final Supervisor supervisor;

  Permits(StreamLifetime lifetime, GuardTime time, DecisionJournal journal, Supervisor supervisor) {
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.lifetime = requireNonNull(lifetime, "lifetime");
    this.time = requireNonNull(time, "time");
    this.journal = requireNonNull(journal, "journal");
  }

  /** A permit for the call's method and the caller, who holds it from now on. */
  Permit give(
      Arrival<?, ?> arrival, KnownCaller known, AccessPolicy policy, RuleName rule, long now) {
    Caller caller = known.caller();
    CalledMethod method = arrival.method();
    Permit permit =
        new Permit(
            policy,
            new Admission(
                method,
                arrival.peer(),
                caller,
                lifetime.endMillis(caller, now),
                lifetime.endElapsed(known.lapse(), time)),
            rule,
            journal.labelsOfAllowed(method, rule));
    known.hold(permit);
    return permit;
  }

  /** What a call of a public method is admitted on; it needs no permit. */
  Admission useOpen(Arrival<?, ?> arrival) {
    try {
      journal.allowedPublic(arrival.method(), arrival.peer());
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return new Admission(arrival.method(), arrival.peer(), null, Long.MAX_VALUE, GuardTime.NEVER);
  }

  /** What a call that starts now is admitted on. */
  Admission use(Permit permit, KnownCaller known, long now) {
    Caller caller = known.caller();
    Admission admission = permit.admission();
    try {
      journal.allowed(admission.method(), admission.peer(), caller, permit.rule(), permit.labels());
    } catch (RuntimeException | Error e) {
      // What cannot be written down is let through all the same.
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return admission.endingAt(
        lifetime.endMillis(caller, now), lifetime.endElapsed(known.lapse(), time));
  }
}
