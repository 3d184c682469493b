package dev.rolecall.policytools.suggest;

import dev.rolecall.policy.RuleName;
import java.util.HashSet;
import java.util.Set;

/** Makes names of rules that a person recognises, each unique in its policy. */
final class RuleNames {

  /** Leaves room for two of them, the words and a number. */
  private static final int LONGEST = 75;

  private final Set<String> given = new HashSet<>();

  /**
   * The name of a rule for those callers: the first, how many others, who acts for them, and
   * whether they need a grant.
   */
  String of(CallersAlike alike) {
    String name = shortName(alike.callers().firstKey());
    int others = alike.callers().size() - 1;
    String callers =
        others == 0 ? name : name + " and " + others + (others == 1 ? " other" : " others");
    String base =
        (alike.actor().isEmpty() ? "" : shortName(alike.actor()) + " for ")
            + callers
            + (alike.permission().isEmpty() ? "" : ", with a grant");
    String unique = base;
    for (int number = 2; !given.add(unique); number++) {
      unique = base + " (" + number + ")";
    }
    return RuleName.parse(unique).value();
  }

  /** The last part: a role's or a client's name, a permission set. */
  private static String shortName(String caller) {
    int start = Math.max(caller.lastIndexOf('/'), caller.lastIndexOf(':')) + 1;
    String name = cut(caller.substring(start));
    // A subject may end in a separator.
    return RuleName.isValid(name) ? name : cut(caller);
  }

  private static String cut(String name) {
    return name.substring(0, Math.min(name.length(), LONGEST)).strip();
  }
}
