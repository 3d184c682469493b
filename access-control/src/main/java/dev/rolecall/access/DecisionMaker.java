package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.Validity;
import java.util.List;
import java.util.Optional;

/** Makes the decisions that admit callers, and has the caller hold those that last. */
final class DecisionMaker {

  private final StreamLifetime lifetime;
  private final AccessTime time;
  private final DecisionJournal journal;
  private final Grants grants;

  DecisionMaker(StreamLifetime lifetime, AccessTime time, DecisionJournal journal, Grants grants) {
    this.lifetime = requireNonNull(lifetime, "lifetime");
    this.time = requireNonNull(time, "time");
    this.journal = requireNonNull(journal, "journal");
    this.grants = requireNonNull(grants, "grants");
  }

  /**
   * The decision that allows the caller that method while it holds grants. It is held before they
   * are looked at, since it rests on no answer about them.
   */
  CachedDecision of(
      CalledMethod method,
      CallOrigin origin,
      CachedCaller known,
      AccessPolicy policy,
      Decision.NeedsGrant needs,
      long now) {
    GrantedRight right = GrantedRight.of(needs.choices(), grants, known.caller(), origin);
    boolean ofCaller = needs.validity() instanceof Validity.ForCaller && right.isOfEachCall();
    Admission admission =
        admission(method, ofCaller ? origin.withoutHeaders() : origin.kept(), known, now)
            .on(new Admission.ByGrant(right));
    CachedDecision decision =
        new CachedDecision(
            policy,
            admission,
            right.named().stream()
                .map(
                    each ->
                        journal.named(
                            admission,
                            known.caller(),
                            each.rule(),
                            Optional.of(each.requirement().permission())))
                .toList());
    if (ofCaller) {
      known.hold(decision);
    }
    return decision;
  }

  /**
   * The decision that allows the caller that method. The caller holds it from now on, if it is
   * valid for its other calls too. A decision for one call alone keeps what the call says, to be
   * judged again at a change of policy.
   */
  CachedDecision of(
      CalledMethod method,
      CallOrigin origin,
      CachedCaller known,
      AccessPolicy policy,
      Decision.Allowed allowed,
      long now) {
    RuleName rule = allowed.by();
    boolean ofCaller = allowed.validity() instanceof Validity.ForCaller;
    Admission admission =
        admission(method, ofCaller ? origin.withoutHeaders() : origin.kept(), known, now);
    CachedDecision decision =
        new CachedDecision(
            policy,
            admission,
            List.of(journal.named(admission, known.caller(), rule, Optional.empty())));
    if (ofCaller) {
      known.hold(decision);
    }
    return decision;
  }

  private Admission admission(
      CalledMethod method, CallOrigin origin, CachedCaller known, long now) {
    Caller caller = known.caller();
    return new Admission(
        method,
        origin,
        caller,
        lifetime.endMillis(caller, now),
        lifetime.endElapsed(caller, known.lapse(), time));
  }
}
