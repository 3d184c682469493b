package dev.rolecall.tests.deploy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamCondition;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * As much of IAM's policy evaluation as the policies here use. What it does not know it does not
 * guess: it throws.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">IAM
 *     JSON policy elements</a>
 */
final class PolicyEvaluator {

  private PolicyEvaluator() {}

  /** The answer of the policy by itself. */
  static Answer evaluate(IamPolicy policy, IamRequest request) {
    List<IamStatement> matching =
        policy.statements().stream().filter(statement -> matches(statement, request)).toList();
    if (matching.stream().anyMatch(statement -> effect(statement) == Answer.DENY)) {
      return Answer.DENY;
    }
    if (!matching.isEmpty()) {
      return Answer.ALLOW;
    }
    boolean allowsAnything =
        policy.statements().stream().anyMatch(statement -> effect(statement) == Answer.ALLOW);
    return allowsAnything ? Answer.DENY : Answer.NO_ANSWER;
  }

  private static Answer effect(IamStatement statement) {
    if (statement.effect().equals(IamEffect.ALLOW)) {
      return Answer.ALLOW;
    }
    if (statement.effect().equals(IamEffect.DENY)) {
      return Answer.DENY;
    }
    throw unknown("Effect " + statement.effect());
  }

  /** All elements are judged, whatever the first ones say: none may be unknown. */
  private static boolean matches(IamStatement statement, IamRequest request) {
    if (Stream.of(statement.notPrincipals(), statement.notActions(), statement.notResources())
        .anyMatch(negated -> !negated.isEmpty())) {
      throw unknown("NotPrincipal, NotAction or NotResource");
    }
    boolean principal = matchesPrincipal(statement.principals(), request.asker());
    boolean action =
        statement.actions().stream()
            .anyMatch(each -> WildcardText.ignoringCase(each.value()).matches(request.action()));
    boolean resource =
        statement.resources().isEmpty()
            || statement.resources().stream()
                .anyMatch(each -> WildcardText.of(each.value()).matches(request.resource()));
    boolean conditions = matchesConditions(statement.conditions(), request);
    return principal && action && resource && conditions;
  }

  /** A policy of an identity, or of an organization, has no such element. */
  private static boolean matchesPrincipal(List<IamPrincipal> principals, Asker asker) {
    List<Boolean> verdicts = principals.stream().map(each -> matches(each, asker)).toList();
    return verdicts.isEmpty() || verdicts.contains(true);
  }

  private static boolean matches(IamPrincipal principal, Asker asker) {
    if (principal.equals(IamPrincipal.ALL)) {
      return true;
    }
    if (principal.id().contains("*")) {
      throw unknown("a principal with a wildcard: " + principal.id());
    }
    return switch (principal.type().value()) {
      case "Service" -> is(asker, Asker.Kind.SERVICE, principal.id());
      case "Federated" -> is(asker, Asker.Kind.TOKEN, principal.id());
      case "AWS" ->
          is(asker, Asker.Kind.ROLE, principal.id())
              || principal.id().equals("arn:aws:iam::" + asker.account() + ":root");
      default -> throw unknown("a principal of type " + principal.type());
    };
  }

  private static boolean is(Asker asker, Asker.Kind kind, String name) {
    return asker.kind() == kind && asker.name().equals(name);
  }

  /** Each operator and key must hold; of several values, one. */
  private static boolean matchesConditions(List<IamCondition> conditions, IamRequest request) {
    Map<List<String>, List<String>> values =
        conditions.stream()
            .collect(
                groupingBy(
                    each -> List.of(each.operator().value(), each.key().value()),
                    LinkedHashMap::new,
                    mapping(IamCondition::value, toList())));
    return values.entrySet().stream()
        .map(each -> holds(each.getKey().get(0), each.getKey().get(1), each.getValue(), request))
        .toList()
        .stream()
        .allMatch(Boolean::booleanValue);
  }

  private static boolean holds(
      String operator, String key, List<String> values, IamRequest request) {
    if (values.stream().anyMatch(value -> value.contains("${"))) {
      throw unknown("a policy variable in " + values);
    }
    Optional<String> asked = request.value(key);
    return switch (operator) {
      case "StringEquals" -> asked.filter(values::contains).isPresent();
      case "StringEqualsIfExists" -> asked.isEmpty() || asked.filter(values::contains).isPresent();
      // A key that is not there has no value that could differ.
      case "ForAllValues:StringEquals" ->
          asked.stream().flatMap(all -> Stream.of(all.split("\\+", -1))).allMatch(values::contains);
      case "NumericLessThanEquals" ->
          asked.filter(number -> isAtMostOneOf(values, number)).isPresent();
      case "ArnLike" -> asked.filter(arn -> anyArnLike(values, arn)).isPresent();
      // A key that is not there is unlike any value.
      case "ArnNotLike" -> asked.filter(arn -> anyArnLike(values, arn)).isEmpty();
      default -> throw unknown("condition operator " + operator);
    };
  }

  private static boolean isAtMostOneOf(List<String> bounds, String number) {
    return bounds.stream().anyMatch(bound -> Long.parseLong(number) <= Long.parseLong(bound));
  }

  /** The six parts of an ARN are compared one by one: no wildcard reaches over a colon. */
  private static boolean anyArnLike(List<String> patterns, String arn) {
    return patterns.stream().anyMatch(pattern -> arnLike(pattern.split(":", 6), arn.split(":", 6)));
  }

  private static boolean arnLike(String[] pattern, String[] arn) {
    if (pattern.length != 6) {
      throw unknown("a pattern that is no ARN: " + String.join(":", pattern));
    }
    if (arn.length != 6) {
      return false;
    }
    for (int i = 0; i < 6; i++) {
      if (!WildcardText.of(pattern[i]).matches(arn[i])) {
        return false;
      }
    }
    return true;
  }

  private static AssertionError unknown(String what) {
    return new AssertionError("the evaluator does not know " + what);
  }
}
