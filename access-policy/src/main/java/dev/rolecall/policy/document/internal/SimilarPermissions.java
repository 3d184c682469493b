package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.internal.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The notes about permissions whose names are one letter apart: one may be a slip of the other. */
final class SimilarPermissions {

  private final GrantNotes notes;

  SimilarPermissions(GrantNotes notes) {
    this.notes = notes;
  }

  /** Notes each such permission at the first rule that has it. */
  void note(List<PolicyRule> granted) {
    Map<String, List<PolicyRule>> rules = new LinkedHashMap<>();
    for (PolicyRule rule : granted) {
      rule.source()
          .grant()
          .map(GrantRequirement::permission)
          .map(PermissionName::value)
          .ifPresent(name -> rules.computeIfAbsent(name, key -> new ArrayList<>()).add(rule));
    }
    List<String> names = List.copyOf(rules.keySet());
    if ((long) names.size() * names.size() > GrantNotes.MOST_PAIRS) {
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        if (isSlip(names.get(i), names.get(j))) {
          note(names.get(i), names.get(j), rules);
        }
      }
    }
  }

  /** Versions and numbered parts differ on purpose. */
  private static boolean isSlip(String one, String other) {
    return Nearest.isOneLetterAway(one, other) && !withoutDigits(one).equals(withoutDigits(other));
  }

  private static String withoutDigits(String name) {
    return name.replaceAll("[0-9]+", "");
  }

  /** The rarer one is the slip; of two that are as rare, the later one. */
  private void note(String first, String second, Map<String, List<PolicyRule>> rules) {
    List<PolicyRule> ofFirst = rules.getOrDefault(first, List.of());
    List<PolicyRule> ofSecond = rules.getOrDefault(second, List.of());
    boolean firstIsSlip = ofFirst.size() < ofSecond.size();
    PolicyRule at = (firstIsSlip ? ofFirst : ofSecond).get(0);
    PolicyRule other = (firstIsSlip ? ofSecond : ofFirst).get(0);
    notes.note(
        at,
        NoteCode.SIMILAR_PERMISSION,
        " requires a grant of "
            + (firstIsSlip ? first : second)
            + ", which is one letter away from "
            + (firstIsSlip ? second : first)
            + " of rule "
            + GrantNotes.named(other, at));
  }
}
