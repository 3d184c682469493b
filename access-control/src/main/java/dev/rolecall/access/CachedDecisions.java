package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.Validity;

/** Makes decisions that last, and has each admitted call recorded. */
final class CachedDecisions {

  private final StreamLifetime lifetime;
  private final AccessTime time;
  private final DecisionJournal journal;
  private final Supervisor supervisor;

  CachedDecisions(
      StreamLifetime lifetime, AccessTime time, DecisionJournal journal, Supervisor supervisor) {
    this.lifetime = requireNonNull(lifetime, "lifetime");
    this.time = requireNonNull(time, "time");
    this.journal = requireNonNull(journal, "journal");
    this.supervisor = requireNonNull(supervisor, "supervisor");
  }

  /**
   * The decision that allows the caller that method. The caller holds it from now on, if it is
   * valid for its other calls too.
   */
  CachedDecision of(
      CalledMethod method,
      String peer,
      CachedCaller known,
      AccessPolicy policy,
      Decision.Allowed allowed,
      long now) {
    RuleName rule = allowed.by();
    Caller caller = known.caller();
    CachedDecision decision =
        new CachedDecision(
            policy,
            new Admission(
                method,
                peer,
                caller,
                lifetime.endMillis(caller, now),
                lifetime.endElapsed(known.lapse(), time)),
            rule,
            journal.labelsOfAllowed(method, rule));
    if (allowed.validity() instanceof Validity.ForCaller) {
      known.hold(decision);
    }
    return decision;
  }

  /** The admission of a call of a public method. */
  Admission ofPublic(CalledMethod method, String peer) {
    try {
      journal.allowedPublic(method, peer);
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return new Admission(method, peer, null, Long.MAX_VALUE, AccessTime.NEVER);
  }

  /** The answer about a call that is refused: the refusal, unless its method is not enforced. */
  Outcome refused(CalledMethod method, String peer, Refusal refusal) {
    return method.enforced() ? refusal : insteadOf(refusal, method, peer);
  }

  /** The answer about a call that is admitted in any case, where something threw. */
  Outcome undecided(CalledMethod method, String peer, Throwable thrown) {
    supervisor.caught(SupervisedTask.CALL_DECISION.label(), thrown);
    return refused(method, peer, Refusal.of(RefusalReason.DEFECT));
  }

  private Admission insteadOf(Refusal refusal, CalledMethod method, String peer) {
    Caller caller = refusal.caller().orElse(null);
    try {
      journal.admittedInstead(method, peer, caller, refusal);
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return new Admission(method, peer, caller, Long.MAX_VALUE, AccessTime.NEVER, true);
  }

  /** The admission of a call that starts now. */
  Admission use(CachedDecision decision, CachedCaller known, long now) {
    Caller caller = known.caller();
    Admission admission = decision.admission();
    try {
      journal.allowed(admission, caller, decision.rule(), decision.labels());
    } catch (RuntimeException | Error e) {
      // What cannot be written down is admitted all the same.
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return admission.endingAt(
        lifetime.endMillis(caller, now), lifetime.endElapsed(known.lapse(), time));
  }
}
