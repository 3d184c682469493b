package dev.rolecall.policytools.compare;

import dev.rolecall.identity.ClaimValue;
import dev.rolecall.policy.claim.ClaimTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values of one claim that stand for all values that no test of some rules tells from them. An
 * absent claim stands for those of types that no test has.
 */
final class RepresentativeValues {

  private final Set<ClaimValue> named = new LinkedHashSet<>();
  private final Set<ClaimValue> elements = new LinkedHashSet<>();
  private final Set<String> prefixes = new TreeSet<>();

  private RepresentativeValues(Collection<ClaimTest> tests) {
    for (ClaimTest test : tests) {
      test.fold(
          anyOf -> named.addAll(anyOf.values()),
          contains -> elements.add(contains.element()),
          prefix -> prefixes.add(prefix.start()));
    }
  }

  /**
   * The values.
   *
   * @throws IllegalArgumentException if they are more than {@link RepresentativeCalls#MOST}
   */
  static Collection<ClaimValue> of(Collection<ClaimTest> tests) {
    return new RepresentativeValues(tests).values();
  }

  private Collection<ClaimValue> values() {
    Set<ClaimValue> values = new LinkedHashSet<>(named);
    boolean texts =
        !prefixes.isEmpty() || named.stream().anyMatch(ClaimValue.Text.class::isInstance);
    if (texts) {
      String other = otherText();
      prefixes.forEach(prefix -> values.add(new ClaimValue.Text(prefix + other)));
      values.add(new ClaimValue.Text(other));
    }
    if (named.stream().anyMatch(ClaimValue.Whole.class::isInstance)) {
      values.add(otherNumber());
    }
    if (named.stream().anyMatch(ClaimValue.Truth.class::isInstance)) {
      values.add(new ClaimValue.Truth(true));
      values.add(new ClaimValue.Truth(false));
    }
    if (!elements.isEmpty()) {
      lists().forEach(list -> values.add(new ClaimValue.Items(list)));
    }
    return values;
  }

  /** A character that no value and no prefix has. */
  private String otherText() {
    StringBuilder all = new StringBuilder();
    prefixes.forEach(all::append);
    for (ClaimValue value : named) {
      if (value instanceof ClaimValue.Text text) {
        all.append(text.value());
      }
    }
    return RepresentativeCalls.unusedIn(all);
  }

  private ClaimValue otherNumber() {
    long number = 0;
    while (named.contains(new ClaimValue.Whole(number))) {
      number++;
    }
    return new ClaimValue.Whole(number);
  }

  /** Each set of the elements, as a list. */
  private List<List<ClaimValue>> lists() {
    List<List<ClaimValue>> lists = new ArrayList<>(List.of(List.of()));
    for (ClaimValue element : elements) {
      if (2L * lists.size() > RepresentativeCalls.MOST) {
        throw RepresentativeCalls.tooMany();
      }
      for (List<ClaimValue> list : List.copyOf(lists)) {
        List<ClaimValue> more = new ArrayList<>(list);
        more.add(element);
        lists.add(more);
      }
    }
    return lists;
  }
}
