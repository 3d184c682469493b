package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.lookup.Withdrawals;
import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides about known callers, remembers what lasts, and has each admitted call recorded. */
final class CachedDecisions {

  private final DecisionMaker maker;
  private final ProxiedCallers proxied;
  private final StreamLifetime lifetime;
  private final AccessTime time;
  private final DecisionJournal journal;
  private final Grants grants;
  private final Supervisor supervisor;
  private final RetryAfter retryAfter;

  CachedDecisions(
      StreamLifetime lifetime,
      AccessTime time,
      DecisionJournal journal,
      Grants grants,
      @Nullable PassedCallers passed,
      AccessRuntime runtime) {
    this.maker = new DecisionMaker(lifetime, time, journal, grants);
    this.proxied = ProxiedCallers.by(passed, time, runtime);
    this.lifetime = requireNonNull(lifetime, "lifetime");
    this.time = requireNonNull(time, "time");
    this.journal = requireNonNull(journal, "journal");
    this.grants = requireNonNull(grants, "grants");
    this.supervisor = runtime.supervisor();
    this.retryAfter = new RetryAfter(runtime.random());
  }

  /** A reading of the clocks and the policy, for live calls, beside the grants and the locks. */
  Recheck recheck(PolicySource policies, Withdrawals withdrawals) {
    return Recheck.now(
        time, policies, withdrawals, new Recheck.Followed(grants, retryAfter), supervisor);
  }

  /** Runs the listener at each change of the grants or the policies, until what it returns runs. */
  Runnable onChange(Runnable listener, PolicySource policies) {
    Grants.Registration ofGrants = grants.onChange(listener);
    PolicySource.Registration ofPolicies = policies.onChange(listener);
    return () -> {
      ofPolicies.close();
      ofGrants.close();
    };
  }

  /** Whether the origin of each admitted call is read, whatever the decision on it. */
  boolean readOrigins() {
    return proxied.areExpected() || journal.readsOrigins();
  }

  /** Whether a call of that caller could be admitted: its own, or one that it passes on. */
  boolean couldUse(Caller caller, PolicySource policies) {
    return proxied.isProxy(caller) || policies.current().couldAllow(caller);
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
    CallOrigin presenting = origin.presenting(credential);
    CachedCaller known =
        connection.remember(
            credential,
            new CachedCaller(
                presenting.withoutHeaders(),
                caller,
                time.lapseOf(caller),
                proxied.isProxy(caller)));
    // What has lapsed on this connection stays lapsed, though the clock was set back since.
    return known.isGoodAt(now, time.elapsedAtLastWalk())
        ? decide(method, presenting, known, policies.current(), now)
        : expired(method, origin);
  }

  private Outcome expired(CalledMethod method, CallOrigin origin) {
    return refused(method, origin, Refusal.of(RefusalReason.CREDENTIAL_EXPIRED, time.instant()));
  }

  /** Whether the caller is locked: then no rule counts. */
  boolean isLocked(CachedCaller known) {
    return known.isLocked(grants);
  }

  /**
   * The answer about a call of a known caller: about that one, or about the caller that it passes
   * on as a trusted proxy.
   */
  Outcome decide(
      CalledMethod method, CallOrigin origin, CachedCaller known, AccessPolicy policy, long now) {
    if (!proxied.areExpected()) {
      return decideAbout(known, method, origin, policy, now);
    }
    List<String> tokens = origin.transactionTokens();
    if (!proxied.isPassedOn(known, tokens)) {
      return decideAbout(known, method, origin, policy, now);
    }
    if (isLocked(known)) {
      Refusal locked = Refusal.locked(known.caller(), method.fullName());
      // Were it admitted instead: it is not the proxy's own call, and nobody says whose it is.
      return method.enforced() ? locked : insteadOf(locked, method, origin, null);
    }
    return proxied
        .of(known, tokens)
        .fold(
            caller -> decideAbout(caller, method, origin, policy, now),
            refusal -> refused(method, origin, refusal));
  }

  /** The same about that caller: by the decision that it holds, or by one made now. */
  private Outcome decideAbout(
      CachedCaller known, CalledMethod method, CallOrigin origin, AccessPolicy policy, long now) {
    Caller caller = known.caller();
    if (isLocked(known)) {
      return refused(method, origin, Refusal.locked(caller, method.fullName()));
    }
    CachedDecision held = known.decision(method, policy);
    if (held != null) {
      return useIfHeld(held, known, origin, policy, now);
    }
    return method
        .decide(policy, caller, origin)
        .<Outcome>fold(
            allowed ->
                use(maker.of(method, origin, known, policy, allowed, now), known, origin, now),
            denied ->
                refused(
                    method, origin, Refusal.notAllowed(caller, method.fullName(), denied.rule())),
            needs ->
                useIfHeld(
                    maker.of(method, origin, known, policy, needs, now),
                    known,
                    origin,
                    policy,
                    now));
  }

  /**
   * The answer by a decision that may need grants: those that are followed, and if they are not
   * held, the grant token of the call.
   */
  private Outcome useIfHeld(
      CachedDecision decision,
      CachedCaller known,
      CallOrigin origin,
      AccessPolicy policy,
      long now) {
    GrantedRight right = decision.right();
    // The end is read, so that it is known when the grants throw later.
    if (right == null || right.heldUntil() != GrantedRight.NOT_HELD) {
      return use(decision, known, origin, now);
    }
    Optional<String> token = origin.grantToken();
    if (token.isPresent()) {
      CachedDecision byToken = byToken(token.get(), decision, known, origin, policy);
      right = requireNonNull(byToken.right(), "right");
      if (right.heldUntil() != GrantedRight.NOT_HELD) {
        return use(byToken, known, origin, now);
      }
    }
    CalledMethod method = decision.admission().method();
    return refused(
        method,
        origin,
        Refusal.lacking(right.lack(), known.caller(), method.fullName(), grants, retryAfter));
  }

  /** The same decision with a grant token beside. The caller holds it too, if the token is good. */
  private CachedDecision byToken(
      String token,
      CachedDecision decision,
      CachedCaller known,
      CallOrigin origin,
      AccessPolicy policy) {
    CalledMethod method = decision.admission().method();
    CachedDecision held = known.decision(token, method, policy);
    if (held != null) {
      return held;
    }
    GrantedRight right =
        requireNonNull(decision.right(), "right").with(token, known.caller(), origin);
    CachedDecision made =
        decision.on(policy, decision.admission().on(new Admission.ByGrant(right)));
    boolean ofCaller = known.decision(method, policy) == decision;
    if (ofCaller && right.isHeld()) {
      known.hold(token, made);
    }
    return made;
  }

  /** The admission of a call of a public method. */
  Admission ofPublic(CalledMethod method, CallOrigin origin) {
    try {
      journal.allowedPublic(method, origin);
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return new Admission(method, origin, null, Long.MAX_VALUE, AccessTime.NEVER);
  }

  /** The answer about a call that is refused: the refusal, unless its method is not enforced. */
  Outcome refused(CalledMethod method, CallOrigin origin, Refusal refusal) {
    return method.enforced()
        ? refusal
        : insteadOf(refusal, method, origin, refusal.caller().orElse(null));
  }

  /** The answer about a call that is admitted in any case, where something threw. */
  Outcome undecided(CalledMethod method, CallOrigin origin, Throwable thrown) {
    supervisor.caught(SupervisedTask.CALL_DECISION.label(), thrown);
    return refused(method, origin, Refusal.of(RefusalReason.DEFECT));
  }

  private Admission insteadOf(
      Refusal refusal, CalledMethod method, CallOrigin origin, @Nullable Caller caller) {
    try {
      journal.admittedInstead(method, origin, refusal.caller().orElse(null), refusal);
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return new Admission(
        method,
        origin.withoutHeaders(),
        caller,
        Long.MAX_VALUE,
        AccessTime.NEVER,
        Admission.InsteadOfRefusal.GROUND);
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
      journal.allowed(admission, caller, decision.named(), origin);
    } catch (RuntimeException | Error e) {
      // What cannot be written down is admitted all the same.
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return admission.endingAt(
        lifetime.endMillis(caller, now), lifetime.endElapsed(caller, known.lapse(), time));
  }

  /** Stops to follow grants, and to read what proxies pass on. */
  void close() {
    supervisor.runAll(
        SupervisedTask.CALL_DECISION.label(),
        new ArrayDeque<>(List.of(grants::close, proxied::close)));
  }
}
