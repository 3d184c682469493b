package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The answers that change from one policy to another, for some callers and every possible method.
 * Each whole path of either policy is asked about. For each path with a {@code *}, one method
 * stands for all that start like that and have no closer path. Nothing else can tell two methods
 * apart.
 *
 * @param asked how many questions were put to both
 * @param changes those with another answer, by caller as given, then by method
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
    Set<CallerQuery> asked = new LinkedHashSet<>(callers);
    asked.add(CallerQuery.NOBODY);
    List<AnswerChange> changes = new ArrayList<>();
    for (CallerQuery caller : asked) {
      for (RepresentativeMethod sample : samples) {
        PolicyAnswer was = PolicyAnswer.of(before, caller, sample.method());
        PolicyAnswer is = PolicyAnswer.of(after, caller, sample.method());
        if (was.answer() != is.answer()) {
          changes.add(new AnswerChange(caller, sample.means(), was, is));
        }
      }
    }
    return new PolicyComparison(asked.size() * samples.size(), changes);
  }
}
