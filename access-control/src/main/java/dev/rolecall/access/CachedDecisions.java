package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.Validity;

/** Decides about known callers, remembers what lasts, and has each admitted call recorded. */
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

  /** Whether the origin of each admitted call is read, whatever the decision on it. */
  boolean readOrigins() {
    return journal.readsOrigins();
  }

  /** The answer about a call whose caller has been found out just now. */
  Outcome admit(
      CalledMethod method,
      ConnectionMemo connection,
      Credential credential,
      CallOrigin origin,
      Caller caller,
      PolicySource policies) {
    if (time.instant().isAfter(caller.notAfter())) {
      return expired(method, origin);
    }
    long now = time.millis();
    CachedCaller known =
        connection.remember(credential, new CachedCaller(caller, time.lapseOf(caller)));
    // What has lapsed on this connection stays lapsed, though the clock was set back since.
    return known.isGoodAt(now, time.elapsedAtLastWalk())
        ? decide(method, origin, known, policies.current(), now)
        : expired(method, origin);
  }

  private Outcome expired(CalledMethod method, CallOrigin origin) {
    return refused(method, origin, Refusal.of(RefusalReason.CREDENTIAL_EXPIRED, time.instant()));
  }

  /** The answer about a known caller: by the decision that it holds, or by one made now. */
  Outcome decide(
      CalledMethod method, CallOrigin origin, CachedCaller known, AccessPolicy policy, long now) {
    CachedDecision held = known.decision(method, policy);
    if (held != null) {
      return use(held, known, origin, now);
    }
    Caller caller = known.caller();
    return method
        .decide(policy, caller, origin)
        .<Outcome>fold(
            allowed -> use(of(method, origin, known, policy, allowed, now), known, origin, now),
            denied ->
                refused(
                    method, origin, Refusal.notAllowed(caller, method.fullName(), denied.rule())),
            needs ->
                refused(
                    method, origin, Refusal.notAllowed(caller, method.fullName(), needs.rule())));
  }

  /**
   * The decision that allows the caller that method. The caller holds it from now on, if it is
   * valid for its other calls too. A decision for one call alone keeps what the call says, to be
   * judged again at a change of policy.
   */
  private CachedDecision of(
      CalledMethod method,
      CallOrigin origin,
      CachedCaller known,
      AccessPolicy policy,
      Decision.Allowed allowed,
      long now) {
    RuleName rule = allowed.by();
    Caller caller = known.caller();
    boolean ofCaller = allowed.validity() instanceof Validity.ForCaller;
    CachedDecision decision =
        new CachedDecision(
            policy,
            new Admission(
                method,
                ofCaller ? origin.withoutHeaders() : origin.kept(),
                caller,
                lifetime.endMillis(caller, now),
                lifetime.endElapsed(caller, known.lapse(), time)),
            rule,
            journal.labelsOfAllowed(method, rule));
    if (ofCaller) {
      known.hold(decision);
    }
    return decision;
  }

  /** The admission of a call of a public method. */
  Admission ofPublic(CalledMethod method, CallOrigin origin) {
    try {
      journal.allowedPublic(method, origin.peer());
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return new Admission(method, origin, null, Long.MAX_VALUE, AccessTime.NEVER);
  }

  /** The answer about a call that is refused: the refusal, unless its method is not enforced. */
  Outcome refused(CalledMethod method, CallOrigin origin, Refusal refusal) {
    return method.enforced() ? refusal : insteadOf(refusal, method, origin);
  }

  /** The answer about a call that is admitted in any case, where something threw. */
  Outcome undecided(CalledMethod method, CallOrigin origin, Throwable thrown) {
    supervisor.caught(SupervisedTask.CALL_DECISION.label(), thrown);
    return refused(method, origin, Refusal.of(RefusalReason.DEFECT));
  }

  private Admission insteadOf(Refusal refusal, CalledMethod method, CallOrigin origin) {
    Caller caller = refusal.caller().orElse(null);
    try {
      journal.admittedInstead(method, origin, caller, refusal);
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return new Admission(
        method, origin.withoutHeaders(), caller, Long.MAX_VALUE, AccessTime.NEVER, true);
  }

  /**
   * The admission of a call that starts now.
   *
   * @param origin the origin of the call, which a shadow policy reads
   */
  Admission use(CachedDecision decision, CachedCaller known, CallOrigin origin, long now) {
    Caller caller = known.caller();
    Admission admission = decision.admission();
    try {
      journal.allowed(admission, caller, decision.rule(), decision.labels(), origin);
    } catch (RuntimeException | Error e) {
      // What cannot be written down is admitted all the same.
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return admission.endingAt(
        lifetime.endMillis(caller, now), lifetime.endElapsed(caller, known.lapse(), time));
  }
}
