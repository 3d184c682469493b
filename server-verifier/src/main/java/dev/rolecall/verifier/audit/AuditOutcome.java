package dev.rolecall.verifier.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import java.util.Optional;
import java.util.function.Function;

/** What was decided about a call. */
public sealed interface AuditOutcome {

  /** Calls the function of the arm this is. */
  <T> T fold(
      Function<Allowed, T> allowed,
      Function<Refused, T> refused,
      Function<Ended, T> ended,
      Function<ShadowDiffers, T> shadowDiffers);

  /**
   * The call was let through.
   *
   * @param rule the rule that allowed it; empty for a public method
   */
  record Allowed(Optional<RuleName> rule) implements AuditOutcome {
    /** Checks that nothing is absent. */
    public Allowed {
      requireNonNull(rule, "rule");
    }

    @Override
    public <T> T fold(
        Function<Allowed, T> allowed,
        Function<Refused, T> refused,
        Function<Ended, T> ended,
        Function<ShadowDiffers, T> shadowDiffers) {
      return allowed.apply(this);
    }
  }

  /**
   * The call was refused before its handler saw it, or could not be decided.
   *
   * @param reason why
   * @param rule the rule that denied it; empty where no rule did
   */
  record Refused(RefusalReason reason, Optional<RuleName> rule) implements AuditOutcome {
    /** Checks that nothing is absent. */
    public Refused {
      requireNonNull(reason, "reason");
      requireNonNull(rule, "rule");
    }

    @Override
    public <T> T fold(
        Function<Allowed, T> allowed,
        Function<Refused, T> refused,
        Function<Ended, T> ended,
        Function<ShadowDiffers, T> shadowDiffers) {
      return refused.apply(this);
    }
  }

  /**
   * The call had been let through, and was ended while its handler was still at work.
   *
   * @param reason why
   * @param rule the rule that now denies it; empty where no rule does
   */
  record Ended(RefusalReason reason, Optional<RuleName> rule) implements AuditOutcome {
    /** Checks that nothing is absent. */
    public Ended {
      requireNonNull(reason, "reason");
      requireNonNull(rule, "rule");
    }

    @Override
    public <T> T fold(
        Function<Allowed, T> allowed,
        Function<Refused, T> refused,
        Function<Ended, T> ended,
        Function<ShadowDiffers, T> shadowDiffers) {
      return ended.apply(this);
    }
  }

  /**
   * The shadow policy would have decided otherwise. Recorded beside the decision's own record, and
   * all that came of it.
   *
   * @param reason why the call was refused; empty where it was let through
   * @param rule the rule in force behind that; empty where no rule was
   * @param shadow what the shadow policy says
   * @param shadowRule its rule behind that; empty where none is
   */
  record ShadowDiffers(
      Optional<RefusalReason> reason,
      Optional<RuleName> rule,
      ShadowAnswer shadow,
      Optional<RuleName> shadowRule)
      implements AuditOutcome {
    /** Checks that nothing is absent. */
    public ShadowDiffers {
      requireNonNull(reason, "reason");
      requireNonNull(rule, "rule");
      requireNonNull(shadow, "shadow");
      requireNonNull(shadowRule, "shadowRule");
    }

    @Override
    public <T> T fold(
        Function<Allowed, T> allowed,
        Function<Refused, T> refused,
        Function<Ended, T> ended,
        Function<ShadowDiffers, T> shadowDiffers) {
      return shadowDiffers.apply(this);
    }
  }
}
