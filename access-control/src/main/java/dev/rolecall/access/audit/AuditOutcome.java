package dev.rolecall.access.audit;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
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

  /** The permission of the grant that the decision is about; empty where it is about none. */
  default Optional<PermissionName> permission() {
    return Optional.empty();
  }

  /**
   * The call was let through.
   *
   * @param rule the rule that allowed it; empty for a public method
   * @param permission the permission that the rule requires a grant of; empty where it requires
   *     none
   */
  record Allowed(Optional<RuleName> rule, Optional<PermissionName> permission)
      implements AuditOutcome {
    /** Checks that nothing is absent. */
    public Allowed {
      requireNonNull(rule, "rule");
      requireNonNull(permission, "permission");
    }

    /** By a rule that requires no grant, or of a public method. */
    public Allowed(Optional<RuleName> rule) {
      this(rule, Optional.empty());
    }
  }

  /**
   * The call was refused before its handler saw it, or could not be decided.
   *
   * @param reason why
   * @param rule the rule that denied it, or that requires a grant; empty where no rule did
   * @param permission the permission that its caller lacks a grant of; empty for another reason
   */
  record Refused(RefusalReason reason, Optional<RuleName> rule, Optional<PermissionName> permission)
      implements AuditOutcome {
    /** Checks that nothing is absent. */
    public Refused {
      requireNonNull(reason, "reason");
      requireNonNull(rule, "rule");
      requireNonNull(permission, "permission");
    }

    /** For a reason other than the want of a grant. */
    public Refused(RefusalReason reason, Optional<RuleName> rule) {
      this(reason, rule, Optional.empty());
    }
  }

  /**
   * The call had been let through, and was ended while its handler was still at work.
   *
   * @param reason why
   * @param rule the rule that now denies it, or that requires a grant; empty where no rule does
   * @param permission the permission that its caller lacks a grant of; empty for another reason
   */
  record Ended(RefusalReason reason, Optional<RuleName> rule, Optional<PermissionName> permission)
      implements AuditOutcome {
    /** Checks that nothing is absent. */
    public Ended {
      requireNonNull(reason, "reason");
      requireNonNull(rule, "rule");
      requireNonNull(permission, "permission");
    }

    /** For a reason other than the want of a grant. */
    public Ended(RefusalReason reason, Optional<RuleName> rule) {
      this(reason, rule, Optional.empty());
    }
  }

  /**
   * The call was admitted instead of refused, or went on instead of being ended, since its method's
   * calls are admitted and recorded.
   *
   * @param wouldHave the end that it would have had
   * @param reason why
   * @param rule the rule that denies it, or that requires a grant; empty where no rule does
   * @param permission the permission that its caller lacks a grant of; empty for another reason
   */
  record AdmittedInstead(
      WouldHave wouldHave,
      RefusalReason reason,
      Optional<RuleName> rule,
      Optional<PermissionName> permission)
      implements AuditOutcome {
    /** Checks that nothing is absent. */
    public AdmittedInstead {
      requireNonNull(wouldHave, "wouldHave");
      requireNonNull(reason, "reason");
      requireNonNull(rule, "rule");
      requireNonNull(permission, "permission");
    }

    /** For a reason other than the want of a grant. */
    public AdmittedInstead(WouldHave wouldHave, RefusalReason reason, Optional<RuleName> rule) {
      this(wouldHave, reason, rule, Optional.empty());
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
