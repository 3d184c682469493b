package dev.rolecall.tests.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamAction;
import software.amazon.awssdk.policybuilder.iam.IamCondition;
import software.amazon.awssdk.policybuilder.iam.IamEffect;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamPrincipal;
import software.amazon.awssdk.policybuilder.iam.IamResource;
import software.amazon.awssdk.policybuilder.iam.IamStatement;

/**
 * A policy with one small thing changed: a statement, a principal, an action, a resource or a
 * condition removed or widened, or an effect turned round.
 *
 * @param change what was changed
 * @param policy what came of it
 */
record PolicyMutation(String change, IamPolicy policy) {

  /** Every one of a policy. */
  static List<PolicyMutation> of(IamPolicy policy) {
    List<PolicyMutation> all = new ArrayList<>();
    List<IamStatement> statements = policy.statements();
    for (int i = 0; i < statements.size(); i++) {
      IamStatement statement = statements.get(i);
      if (statements.size() > 1) {
        all.add(new PolicyMutation(statement.sid() + " removed", with(policy, i, List.of())));
      }
      int at = i;
      changes(statement)
          .forEach(
              changed ->
                  all.add(
                      new PolicyMutation(
                          statement.sid() + ": " + changed.what(),
                          with(policy, at, List.of(changed.statement())))));
    }
    return List.copyOf(all);
  }

  private record Changed(String what, IamStatement statement) {}

  private static IamPolicy with(IamPolicy policy, int at, List<IamStatement> inItsPlace) {
    List<IamStatement> statements = new ArrayList<>(policy.statements());
    statements.remove(at);
    statements.addAll(at, inItsPlace);
    return policy.toBuilder().statements(statements).build();
  }

  private static Stream<Changed> changes(IamStatement statement) {
    return Stream.of(
            Stream.of(turned(statement)),
            widened(statement),
            fewer(statement.actions())
                .map(less -> changed("fewer actions", statement, b -> b.actions(less))),
            fewer(statement.resources())
                .map(less -> changed("fewer resources", statement, b -> b.resources(less))),
            withoutOne(statement.conditions())
                .map(less -> changed("fewer conditions", statement, b -> b.conditions(less))),
            looserArns(statement.conditions())
                .map(loose -> changed("any ARN", statement, b -> b.conditions(loose))))
        .flatMap(each -> each);
  }

  private static Changed turned(IamStatement statement) {
    boolean allows = statement.effect().equals(IamEffect.ALLOW);
    return changed(
        "the other effect", statement, b -> b.effect(allows ? IamEffect.DENY : IamEffect.ALLOW));
  }

  private static Stream<Changed> widened(IamStatement statement) {
    List<Changed> wider = new ArrayList<>();
    wider.add(changed("any action", statement, b -> b.actions(List.of(IamAction.ALL))));
    if (!statement.principals().isEmpty() && !statement.principals().contains(IamPrincipal.ALL)) {
      wider.add(changed("anybody", statement, b -> b.principals(List.of(IamPrincipal.ALL))));
    }
    if (!statement.resources().isEmpty() && !statement.resources().contains(IamResource.ALL)) {
      wider.add(changed("any resource", statement, b -> b.resources(List.of(IamResource.ALL))));
    }
    return wider.stream();
  }

  /** The last one is never removed: IAM takes no statement without. */
  private static <T> Stream<List<T>> fewer(List<T> all) {
    return all.size() > 1 ? withoutOne(all) : Stream.empty();
  }

  private static <T> Stream<List<T>> withoutOne(List<T> all) {
    return IntStream.range(0, all.size())
        .mapToObj(
            at -> {
              List<T> less = new ArrayList<>(all);
              less.remove(at);
              return less;
            });
  }

  private static Stream<List<IamCondition>> looserArns(List<IamCondition> conditions) {
    return IntStream.range(0, conditions.size())
        .filter(at -> conditions.get(at).operator().value().startsWith("Arn"))
        .mapToObj(
            at -> {
              List<IamCondition> loose = new ArrayList<>(conditions);
              loose.set(at, conditions.get(at).toBuilder().value("arn:*:*:*:*:*").build());
              return loose;
            });
  }

  private static Changed changed(
      String what, IamStatement statement, Consumer<IamStatement.Builder> change) {
    return new Changed(what, statement.copy(change));
  }

  @Override
  public String toString() {
    return change;
  }
}
