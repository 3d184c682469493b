package dev.rolecall.policy.document.internal;

import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.RulePrincipal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The callers that some principals of a rule mean, to be compared with those of other principals by
 * their texts. It may say no where a person would see that the answer is yes, and never the
 * reverse.
 */
final class MeantCallers {

  private static final String WILDCARD = "*";

  private final Set<String> texts;
  private final Set<Integer> lengths = new TreeSet<>();

  private MeantCallers(Set<String> texts) {
    this.texts = texts;
    texts.stream()
        .filter(text -> text.endsWith(WILDCARD))
        .forEach(text -> lengths.add(text.length() - 1));
  }

  /** The callers that those principals mean. */
  static MeantCallers of(List<RulePrincipal> principals) {
    return new MeantCallers(
        principals.stream()
            .flatMap(RulePrincipal::patterns)
            .map(PrincipalPattern::toString)
            .collect(Collectors.toSet()));
  }

  /** Whether they are all that the principal means. */
  boolean haveAll(RulePrincipal principal) {
    return principal.patterns().allMatch(this::haveAll);
  }

  private boolean haveAll(PrincipalPattern pattern) {
    return haveText(pattern.toString())
        || (pattern instanceof RolePattern.PinnedRole pinned && haveText(pinned.role().toString()))
        || (pattern instanceof RolePattern.PermissionSet set
            && haveText(new RolePattern.WholeAccount(set.partition(), set.account()).toString()));
  }

  /** No principal has a * but at its end, so what begins like one with it is meant by it. */
  private boolean haveText(String text) {
    return texts.contains(text)
        || lengths.stream()
            .filter(length -> length <= text.length())
            .anyMatch(length -> texts.contains(text.substring(0, length) + WILDCARD));
  }
}
