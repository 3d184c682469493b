package dev.rolecall.policytools.compare;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policytools.Answer;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import dev.rolecall.policytools.StatedCall;
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
 * each combination of client, claims, scopes, tags, actor, headers and address that the rules tell
 * apart. So two policies that differ in conditions alone look equal only if no call gets another
 * answer, whose headers have one value each. Of values joined with commas, only those that a rule
 * writes out are asked about.
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
   *     added, and a caller for each principal of a rule that is no role
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
    queries.addAll(RepresentativeCallers.ofOtherKindsThanRoles(List.of(before, after)));
    int asked = 0;
    List<AnswerChange> changes = new ArrayList<>();
    for (CallerQuery caller : queries) {
      List<PolicyRule> rules = rulesOn(caller, before, after);
      for (RepresentativeMethod sample : samples) {
        List<Question> questions = questions(rules, caller, sample.method());
        asked += questions.size();
        changes.addAll(changes(before, after, sample, questions));
      }
    }
    return new PolicyComparison(asked, changes);
  }

  /** A caller with some attributes, and the rest of its call. */
  private record Question(CallerQuery caller, StatedCall call) {}

  /** The rules of both policies that may mean the caller, whatever the method. */
  private static List<PolicyRule> rulesOn(
      CallerQuery caller, AccessPolicy before, AccessPolicy after) {
    if (caller.isNobody()) {
      return List.of();
    }
    List<PolicyRule> all =
        Stream.of(before, after)
            .flatMap(policy -> policy.layers().stream())
            .flatMap(layer -> layer.rules().stream())
            .toList();
    boolean delegated = RepresentativeAttributes.tellActors(all.stream());
    return all.stream().filter(rule -> couldMean(rule, caller, delegated)).toList();
  }

  private static List<Question> questions(
      List<PolicyRule> rules, CallerQuery caller, MethodPath method) {
    if (caller.isNobody()) {
      return List.of(new Question(caller, StatedCall.none()));
    }
    List<PolicyRule> onCaller =
        rules.stream().filter(rule -> rule.pathsMatching(method).findAny().isPresent()).toList();
    List<Attributes> attributes = RepresentativeAttributes.of(onCaller, caller);
    List<StatedCall> calls =
        RepresentativeCalls.of(
            onCaller.stream().map(PolicyRule::conditions).collect(Collectors.toSet()));
    if ((long) attributes.size() * calls.size() > RepresentativeCalls.MOST) {
      throw RepresentativeCalls.tooMany();
    }
    return attributes.stream()
        .map(caller::with)
        .flatMap(each -> calls.stream().map(call -> new Question(each, call)))
        .toList();
  }

  /** Whether the rule means the caller with some client, or with some party that acts for it. */
  private static boolean couldMean(PolicyRule rule, CallerQuery caller, boolean delegated) {
    Principal principal = caller.principal().orElseThrow();
    return (delegated && rule.denies())
        || rule.principalsMatching(principal, caller.attributes()).findAny().isPresent()
        || (principal instanceof OidcSubject subject
            && rule.principals().stream()
                .flatMap(RulePrincipal::patterns)
                .anyMatch(
                    pattern ->
                        pattern instanceof OidcPattern.Client client
                            && client.issuer().equals(subject.issuer())));
  }

  /** Two answers, and the rules behind them. */
  private record Turn(Answer before, Set<RuleName> by, Answer after, Set<RuleName> then) {
    static Turn of(PolicyAnswer was, PolicyAnswer is) {
      return new Turn(was.answer(), rules(was), is.answer(), rules(is));
    }

    private static Set<RuleName> rules(PolicyAnswer answer) {
      return Stream.concat(
              answer.rule().stream(),
              answer.needed().choices().stream()
                  .flatMap(List::stream)
                  .map(one -> one.rule().name()))
          .collect(Collectors.toSet());
    }
  }

  private static Collection<AnswerChange> changes(
      AccessPolicy before,
      AccessPolicy after,
      RepresentativeMethod sample,
      List<Question> questions) {
    Map<Turn, AnswerChange> changes = new LinkedHashMap<>();
    for (Question each : questions) {
      PolicyAnswer was = PolicyAnswer.of(before, each.caller(), sample.method(), each.call());
      PolicyAnswer is = PolicyAnswer.of(after, each.caller(), sample.method(), each.call());
      if (AnswerChange.isBetween(was, is)) {
        changes.putIfAbsent(
            Turn.of(was, is),
            new AnswerChange(
                each.caller(),
                sample.means(),
                questions.size() > 1 ? Optional.of(each.call()) : Optional.empty(),
                was,
                is));
      }
    }
    return changes.values();
  }
}
