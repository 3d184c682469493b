package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.condition.CallConditions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answers that change from one policy to another, for some callers, every possible method and
 * every possible call. Each whole path of either policy is asked about. For each path with a {@code
 * *}, one method stands for all that start like that and have no closer path. Nothing else can tell
 * two methods apart.
 *
 * <p>Where rules with conditions mean the caller and the method, a few calls stand for all: with
 * each combination of headers and addresses that the conditions tell apart. So two policies that
 * differ in conditions alone look equal only if no call gets another answer, whose headers have one
 * value each. Of values joined with commas, only those that a rule writes out are asked about.
 *
 * @param asked how many questions were put to both
 * @param changes those with another answer, by caller as given, then by method; of calls that
 *     differ in headers and address alone, one for each pair of rules behind the two answers
 */
public record PolicyComparison(int asked, List<AnswerChange> changes) {

  /** Takes a copy. */
  public PolicyComparison {
    changes = List.copyOf(changes);
  }

  /**
   * Puts the questions to both policies.
   *
   * @param callers the callers to ask about; {@link CallerQuery#NOBODY}, for public methods, is
   *     added
   * @param methods further methods to ask about by name, such as those a server has
   * @throws IllegalArgumentException if the rules for one caller and method have so many conditions
   *     that more than 100,000 calls would have to be asked about
   */
  public static PolicyComparison of(
      AccessPolicy before,
      AccessPolicy after,
      Collection<CallerQuery> callers,
      Collection<MethodPath> methods) {
    requireNonNull(before, "before");
    requireNonNull(after, "after");
    List<RepresentativeMethod> samples =
        RepresentativeMethod.allOf(List.of(before, after), methods);
    Set<CallerQuery> queries = new LinkedHashSet<>(callers);
    queries.add(CallerQuery.NOBODY);
    int asked = 0;
    List<AnswerChange> changes = new ArrayList<>();
    for (CallerQuery caller : queries) {
      for (RepresentativeMethod sample : samples) {
        List<StatedCall> calls = calls(before, after, caller, sample.method());
        asked += calls.size();
        changes.addAll(changes(before, after, caller, sample, calls));
      }
    }
    return new PolicyComparison(asked, changes);
  }

  private static List<StatedCall> calls(
      AccessPolicy before, AccessPolicy after, CallerQuery caller, MethodPath method) {
    if (caller.role().isEmpty()) {
      return List.of(StatedCall.none());
    }
    Set<CallConditions> conditions =
        Stream.of(before, after)
            .flatMap(policy -> policy.layers().stream())
            .flatMap(
                layer ->
                    RuleMatch.all(
                        layer, caller.role().get(), caller.id(), method, StatedCall.none()))
            .filter(match -> match.roleMatches() && match.methodMatches())
            .map(RuleMatch::rule)
            .map(PolicyRule::conditions)
            .collect(Collectors.toSet());
    return RepresentativeCalls.of(conditions);
  }

  /** Two answers, and the rules behind them. */
  private record Turn(PolicyAnswer before, PolicyAnswer after) {}

  private static Collection<AnswerChange> changes(
      AccessPolicy before,
      AccessPolicy after,
      CallerQuery caller,
      RepresentativeMethod sample,
      List<StatedCall> calls) {
    Map<Turn, AnswerChange> changes = new LinkedHashMap<>();
    for (StatedCall call : calls) {
      PolicyAnswer was = PolicyAnswer.of(before, caller, sample.method(), call);
      PolicyAnswer is = PolicyAnswer.of(after, caller, sample.method(), call);
      if (was.answer() != is.answer()) {
        changes.putIfAbsent(
            new Turn(was, is),
            new AnswerChange(
                caller,
                sample.means(),
                calls.size() > 1 ? Optional.of(call) : Optional.empty(),
                was,
                is));
      }
    }
    return changes.values();
  }
}
