package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.RuleName;

/** Gives permits, and has each call that is let through journalled. */
final class Permits {

  private final StreamLifetime lifetime;
  private final DecisionJournal journal;

  Permits(StreamLifetime lifetime, DecisionJournal journal) {
    this.lifetime = requireNonNull(lifetime, "lifetime");
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
            new Admission(method, arrival.peer(), caller, lifetime.endMillis(caller, now)),
            rule,
            journal.labelsOfAllowed(method, rule));
    known.hold(permit);
    return permit;
  }

  /** What a call of a public method is admitted on; it needs no permit. */
  Admission useOpen(Arrival<?, ?> arrival) {
    journal.allowedPublic(arrival.method(), arrival.peer());
    return new Admission(arrival.method(), arrival.peer(), null, Long.MAX_VALUE);
  }

  /** What a call that starts now is admitted on. */
  Admission use(Permit permit, Caller caller, long now) {
    Admission admission = permit.admission();
    journal.allowed(admission.method(), admission.peer(), caller, permit.rule(), permit.labels());
    return admission.endingAt(lifetime.endMillis(caller, now));
  }
}
