package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import java.util.Optional;
import java.util.function.Function;

/** The decision about a call, as a record has it. */
public sealed interface AuditOutcome {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<Allowed, T> allowed,
      Function<Refused, T> refused,
      Function<Ended, T> ended,
      Function<AdmittedInstead, T> admittedInstead,
      Function<ShadowDiffers, T> shadowDiffers) {
    if (this instanceof Allowed arm) {
      return allowed.apply(arm);
    }
    if (this instanceof Refused arm) {
      return refused.apply(arm);
    }
    if (this instanceof Ended arm) {
      return ended.apply(arm);
    }
    if (this instanceof AdmittedInstead arm) {
      return admittedInstead.apply(arm);
    }
    if (this instanceof ShadowDiffers arm) {
      return shadowDiffers.apply(arm);
    }
    throw new AssertionError("no arm of AuditOutcome");
  }

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
  }

  /**
   * The call was admitted instead of refused, or went on instead of being ended, since its method's
   * calls are admitted and recorded.
   *
   * @param wouldHave the end that it would have had
   * @param reason why
   * @param rule the rule that denies it; empty where no rule does
   */
  record AdmittedInstead(WouldHave wouldHave, RefusalReason reason, Optional<RuleName> rule)
      implements AuditOutcome {
    /** Checks that nothing is absent. */
    public AdmittedInstead {
      requireNonNull(wouldHave, "wouldHave");
      requireNonNull(reason, "reason");
      requireNonNull(rule, "rule");
    }
  }

  /**
   * The shadow policy would have decided otherwise. Recorded beside the decision's own record, and
   * all that follows from it.
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
  }
}
