package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.condition.CallConditions;
import java.util.Optional;

/**
 * The part of a rule that matched: the first such principal, the first such path and all
 * conditions.
 *
 * @param principal the principal
 * @param member the member that matched, if the principal is a group
 * @param path the path
 * @param pathAt where the path is written; empty for a policy made by a builder
 * @param source the rule's source, whose conditions on the caller hold
 * @param conditions the conditions on the call, all of which hold
 */
public record MatchedClause(
    RulePrincipal principal,
    Optional<RulePrincipal> member,
    MethodPattern path,
    Optional<Place> pathAt,
    PolicyRule.Source source,
    CallConditions conditions) {

  /** Checks that nothing is absent. */
  public MatchedClause {
    requireNonNull(principal, "principal");
    requireNonNull(member, "member");
    requireNonNull(path, "path");
    requireNonNull(pathAt, "pathAt");
    requireNonNull(source, "source");
    requireNonNull(conditions, "conditions");
  }

  /**
   * The principal in words, such as {@code "group:writers" (groups.yaml:4:12:
   * "arn:aws:iam::{prod}:role/checkout")}.
   */
  public String principalInWords() {
    return "\"" + principal + "\"" + member.map(MatchedClause::inWords).orElse("");
  }

  private static String inWords(RulePrincipal member) {
    return " (" + member.at().map(at -> at + ": ").orElse("") + "\"" + member + "\")";
  }
}
