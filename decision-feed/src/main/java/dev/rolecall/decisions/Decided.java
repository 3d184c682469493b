package dev.rolecall.decisions;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.WouldHave;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import java.util.Optional;

/**
 * An outcome in the feed's words.
 *
 * @param outcome the word
 * @param reason the reason of a refusal; empty where there was none
 * @param permission the permission of the grant that it is about; empty where it is about none
 */
record Decided(
    Outcome outcome, Optional<RefusalReason> reason, Optional<PermissionName> permission) {

  private static final Decided PUBLIC =
      new Decided(Outcome.PUBLIC, Optional.empty(), Optional.empty());
  private static final Decided ALLOWED =
      new Decided(Outcome.ALLOWED, Optional.empty(), Optional.empty());

  static Decided of(AuditOutcome outcome) {
    return outcome instanceof AuditOutcome.Allowed allowed
        // Nearly every call, for which nothing is allocated.
        ? of(allowed)
        : new Decided(word(outcome), reasonOf(outcome), outcome.permission());
  }

  private static Decided of(AuditOutcome.Allowed allowed) {
    if (allowed.rule().isEmpty()) {
      return PUBLIC;
    }
    return allowed.permission().isEmpty()
        ? ALLOWED
        : new Decided(Outcome.ALLOWED, Optional.empty(), allowed.permission());
  }

  private static Outcome word(AuditOutcome outcome) {
    return outcome.fold(
        allowed -> allowed.rule().isPresent() ? Outcome.ALLOWED : Outcome.PUBLIC,
        refused -> Outcome.REFUSED,
        ended -> Outcome.ENDED,
        instead -> Outcome.ADMITTED_INSTEAD,
        differs -> Outcome.SHADOW_DIFFERS);
  }

  private static Optional<RefusalReason> reasonOf(AuditOutcome outcome) {
    return outcome.fold(
        allowed -> Optional.empty(),
        refused -> Optional.of(refused.reason()),
        ended -> Optional.of(ended.reason()),
        instead -> Optional.of(instead.reason()),
        AuditOutcome.ShadowDiffers::reason);
  }

  /** The rule behind an outcome; empty where none is. */
  static Optional<RuleName> ruleOf(AuditOutcome outcome) {
    return outcome.fold(
        AuditOutcome.Allowed::rule,
        AuditOutcome.Refused::rule,
        AuditOutcome.Ended::rule,
        AuditOutcome.AdmittedInstead::rule,
        AuditOutcome.ShadowDiffers::rule);
  }

  /**
   * Whether an outcome is about a call's beginning. Each call has one such outcome; the others come
   * beside it or later.
   */
  static boolean beginsCall(AuditOutcome outcome) {
    return outcome.fold(
        allowed -> true,
        refused -> true,
        ended -> false,
        instead -> instead.wouldHave() == WouldHave.REFUSED,
        differs -> false);
  }

  /** Whether calls of that outcome went on by the policy's word. */
  static boolean isAdmission(Outcome outcome) {
    return outcome == Outcome.ALLOWED || outcome == Outcome.PUBLIC;
  }

  String permissionName() {
    return permission.map(PermissionName::value).orElse("");
  }

  String reasonName() {
    return reason.map(RefusalReason::name).orElse("");
  }
}
