package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditOutcome.ShadowDiffers;
import dev.rolecall.access.audit.ShadowAnswer;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.grant.GrantedRight;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.DefectLog;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.Decision;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.RuleName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A second policy, asked beside the one in force and never obeyed: it says and counts where it
 * would have decided otherwise. What differs is yes against no; another rule for the same answer
 * does not.
 *
 * <p>Whatever it does, the call goes on as if it were not there: what it throws is logged once a
 * kind and counted.
 */
final class ShadowPolicy implements AutoCloseable {

  private static final String FAILED = "failed";
  private static final String NO_RULE = "none";

  /** The reasons of refusals that a policy decides about. */
  private static final Set<RefusalReason> OF_POLICY =
      EnumSet.of(
          RefusalReason.METHOD_NOT_ALLOWED,
          RefusalReason.GRANT_REQUIRED,
          RefusalReason.GRANT_EXPIRED,
          RefusalReason.GRANT_REVOKED,
          RefusalReason.GRANTS_STALE);

  private final DefectLog defects = new DefectLog(System.getLogger("rolecall.access"));
  private final PolicySource policies;
  private final DecisionMetrics metrics;
  private final Grants grants;

  ShadowPolicy(PolicySource policies, DecisionMetrics metrics, Grants grants) {
    this.grants = requireNonNull(grants, "grants");
    this.policies = requireNonNull(policies, "policies");
    this.metrics = requireNonNull(metrics, "metrics");
  }

  /** Beside a call that a rule allowed; null if the shadow would have done the same. */
  @Nullable ShadowDiffers besideAllowed(
      CalledMethod method, Caller caller, RuleName rule, CallOrigin call) {
    return asked(
        method,
        "allowed",
        policy -> {
          if (method.isPublicIn(policy)) {
            return null;
          }
          Answer answer = answer(method.decide(policy, caller, call), caller, call);
          return answer.allows()
              ? null
              : new ShadowDiffers(
                  Optional.empty(), Optional.of(rule), ShadowAnswer.DENIED, answer.rule());
        });
  }

  /** Beside a call of a public method, whose caller was not asked for. */
  @Nullable ShadowDiffers besidePublic(CalledMethod method) {
    return asked(
        method,
        "public",
        policy ->
            method.isPublicIn(policy)
                ? null
                : new ShadowDiffers(
                    Optional.empty(),
                    Optional.empty(),
                    ShadowAnswer.CALLER_REQUIRED,
                    Optional.empty()));
  }

  /** Beside a refusal; {@code caller} is null where it is not known. */
  @Nullable ShadowDiffers besideRefused(
      CalledMethod method, @Nullable Caller caller, Refusal refusal, CallOrigin call) {
    RefusalReason reason = refusal.reason();
    return asked(
        method,
        reason.label(),
        policy -> {
          if (method.isPublicIn(policy)) {
            return new ShadowDiffers(
                Optional.of(reason), refusal.rule(), ShadowAnswer.PUBLIC, Optional.empty());
          }
          // Another credential is not what a policy decides about.
          if (caller == null || !OF_POLICY.contains(reason)) {
            return null;
          }
          Answer answer = answer(method.decide(policy, caller, call), caller, call);
          return answer.allows()
              ? new ShadowDiffers(
                  Optional.of(reason), refusal.rule(), ShadowAnswer.ALLOWED, answer.rule())
              : null;
        });
  }

  /** Yes or no, and the rule behind it. */
  private record Answer(boolean allows, Optional<RuleName> rule) {}

  /** A rule that requires a grant allows the call while its caller holds one, here as in force. */
  private Answer answer(Decision decision, Caller caller, CallOrigin call) {
    return decision.fold(
        allowed -> new Answer(true, allowed.rule()),
        denied -> new Answer(false, denied.rule()),
        needs -> {
          GrantedRight right = GrantedRight.of(needs.choices(), grants, caller, call);
          if (!right.isHeld() && call.grantToken().isPresent()) {
            right = right.with(call.grantToken().get(), caller, call);
          }
          return new Answer(right.isHeld(), Optional.of(right.named().get(right.place()).rule()));
        });
  }

  private @Nullable ShadowDiffers asked(
      CalledMethod method, String decision, Function<AccessPolicy, @Nullable ShadowDiffers> ask) {
    try {
      ShadowDiffers differs = ask.apply(policies.current());
      if (differs != null) {
        metrics.shadowDiffered(
            method.label(),
            decision,
            differs.shadow().label(),
            differs.shadowRule().map(RuleName::value).orElse(NO_RULE));
      }
      return differs;
    } catch (RuntimeException | Error e) {
      // Going on is safe: nothing depends on the answer. An Error too is the shadow's own trouble.
      defects.write(e);
      metrics.shadowDiffered(method.label(), decision, FAILED, NO_RULE);
      return null;
    }
  }

  /** Closes the source. */
  @Override
  public void close() {
    policies.close();
  }
}
