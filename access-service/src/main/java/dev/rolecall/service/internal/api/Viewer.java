package dev.rolecall.service.internal.api;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.rules.AccessRule;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.RuleSnapshot;
import java.util.Optional;

/**
 * A caller with the rules as they are now: what it may see and do.
 *
 * @param caller the proven caller
 * @param subject the same, as requests and grants name it
 * @param rules the rules in force when the call came
 */
record Viewer(Caller caller, Subject subject, AccessRules rules) {

  Viewer {
    requireNonNull(caller, "caller");
    requireNonNull(subject, "subject");
    requireNonNull(rules, "rules");
  }

  static Viewer of(Caller caller, AccessRules rules) {
    return new Viewer(caller, rules.people().subject(caller), rules);
  }

  boolean isAdmin() {
    return rules.isAdmin(subject);
  }

  boolean isEnforcer() {
    return rules.isEnforcer(caller);
  }

  /** Whether lists are of the caller's own alone: it is no administrator and reviews nothing. */
  boolean seesOwnAlone() {
    return !isAdmin() && rules.rules().values().stream().noneMatch(rule -> rule.mayReview(subject));
  }

  private boolean reviews(PermissionName permission) {
    return rules.rule(permission).filter(rule -> rule.mayReview(subject)).isPresent();
  }

  /**
   * Whether the caller is a reviewer of that request: by the rule of its time and by that of now.
   */
  boolean isReviewerOf(AccessRequest request) {
    return counts(subject, request) && !request.involves(subject);
  }

  /** Whether a review by that subject counts now. */
  boolean counts(Subject reviewer, AccessRequest request) {
    Optional<AccessRule> now = rules.rule(request.ask().scope().permission());
    return now.filter(rule -> rule.mayReview(reviewer)).isPresent()
        && RuleSnapshot.parse(request.terms().ruleSnapshot()).counts(reviewer, now);
  }

  /** Whether the caller may give a review of a request that waits. */
  boolean mayReview(AccessRequest request) {
    return request.ask().kind() == AskKind.BREAK_GLASS
        ? mayReviewAfterwards(request)
        : request.isPending() && request.reviewBy(subject).isEmpty() && isReviewerOf(request);
  }

  /**
   * Whether the caller may review emergency access. Administrators may too: its rule may be gone,
   * or its reviewers, and the person would otherwise have no emergency access ever again.
   */
  boolean mayReviewAfterwards(AccessRequest request) {
    return isReviewerOf(request) || (isAdmin() && !request.involves(subject));
  }

  boolean maySee(AccessRequest request) {
    return request.involves(subject)
        || isAdmin()
        || reviews(request.ask().scope().permission())
        || request.reviewBy(subject).isPresent();
  }

  boolean maySee(AccessGrant grant) {
    return mayRevoke(grant) || grant.origin().requester().isSamePartyAs(subject);
  }

  /** To end access is open to more than to give it: its holder, reviewers and administrators. */
  boolean mayRevoke(AccessGrant grant) {
    return grant.holder().isSamePartyAs(subject)
        || isAdmin()
        || reviews(grant.scope().permission());
  }
}
