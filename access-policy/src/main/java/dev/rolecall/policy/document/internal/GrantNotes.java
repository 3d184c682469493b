package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.internal.Nearest;
import dev.rolecall.policy.internal.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The notes about the grants that rules require, as the rules are together. */
public final class GrantNotes {

  /** Rules or permissions are compared each with each; a policy of more is noted nothing. */
  private static final int MOST_PAIRS = 10_000;

  private final Remarks remarks;

  /** Notes that go to {@code remarks}. */
  public GrantNotes(Remarks remarks) {
    this.remarks = remarks;
  }

  /** Notes what the grants of the allow rules do, and their writer may not have meant. */
  public void note(List<PolicyRule> allow) {
    List<PolicyRule> granted =
        allow.stream().filter(rule -> rule.source().grant().isPresent()).toList();
    List<PolicyRule> open = allow.stream().filter(rule -> rule.source().grant().isEmpty()).toList();
    if ((long) granted.size() * open.size() <= MOST_PAIRS) {
      open.forEach(rule -> noteNeedless(rule, granted));
    }
    noteSimilar(granted);
  }

  /** Notes each rule whose grant some callers do not need because of an open rule. */
  private void noteNeedless(PolicyRule open, List<PolicyRule> granted) {
    if (granted.isEmpty()) {
      return;
    }
    MeantCallers callers = MeantCallers.of(open.principals());
    for (PolicyRule rule : granted) {
      if (narrowsNoMore(open, rule)) {
        List<PlacedPath> paths = rule.paths().stream().filter(path -> covers(open, path)).toList();
        List<RulePrincipal> principals =
            paths.isEmpty()
                ? List.of()
                : rule.principals().stream().filter(callers::haveAll).toList();
        if (!principals.isEmpty()) {
          noteNeedless(open, rule, principals, paths);
        }
      }
    }
  }

  /** Whether the conditions of the open rule hold for each call that meets those of the other. */
  private static boolean narrowsNoMore(PolicyRule open, PolicyRule rule) {
    PolicyRule.Source source = open.source();
    return (open.conditions().isNone() || open.conditions().equals(rule.conditions()))
        && (source.conditions().isNone() || source.conditions().equals(rule.source().conditions()))
        && (source.actors() instanceof PolicyRule.Actors.Any
            || source.actors().equals(rule.source().actors()));
  }

  private static boolean covers(PolicyRule open, PlacedPath path) {
    String text = path.pattern().text();
    return open.paths().stream()
        .map(PlacedPath::pattern)
        .anyMatch(
            wide ->
                wide.text().equals(text)
                    || (wide.isPrefix() && path.pattern().start().startsWith(wide.start())));
  }

  private void noteNeedless(
      PolicyRule open, PolicyRule rule, List<RulePrincipal> principals, List<PlacedPath> paths) {
    boolean whole =
        principals.size() == rule.principals().size() && paths.size() == rule.paths().size();
    note(
        rule,
        NoteCode.NEEDLESS_GRANT,
        " requires a grant that"
            + (whole
                ? " is never needed"
                : " is not needed by "
                    + Printable.quoted(principals.get(0).text())
                    + " for "
                    + Printable.quoted(paths.get(0).pattern().text()))
            + ": rule "
            + named(open, rule)
            + " allows it without one");
  }

  /** Notes a permission whose name is a slip away from another one that is used as often. */
  private void noteSimilar(List<PolicyRule> granted) {
    Map<String, List<PolicyRule>> rules = new LinkedHashMap<>();
    for (PolicyRule rule : granted) {
      rule.source()
          .grant()
          .map(GrantRequirement::permission)
          .map(PermissionName::value)
          .ifPresent(name -> rules.computeIfAbsent(name, key -> new ArrayList<>()).add(rule));
    }
    List<String> names = List.copyOf(rules.keySet());
    if ((long) names.size() * names.size() > MOST_PAIRS) {
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        if (isSlip(names.get(i), names.get(j))) {
          noteSimilar(names.get(i), names.get(j), rules);
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
  private void noteSimilar(String first, String second, Map<String, List<PolicyRule>> rules) {
    List<PolicyRule> ofFirst = rules.getOrDefault(first, List.of());
    List<PolicyRule> ofSecond = rules.getOrDefault(second, List.of());
    boolean firstIsSlip = ofFirst.size() < ofSecond.size();
    PolicyRule at = (firstIsSlip ? ofFirst : ofSecond).get(0);
    PolicyRule other = (firstIsSlip ? ofSecond : ofFirst).get(0);
    note(
        at,
        NoteCode.SIMILAR_PERMISSION,
        " requires a grant of "
            + (firstIsSlip ? first : second)
            + ", which is one letter away from "
            + (firstIsSlip ? second : first)
            + " of rule "
            + named(other, at));
  }

  private static String named(PolicyRule rule, PolicyRule seenFrom) {
    Optional<String> place =
        rule.at().flatMap(at -> seenFrom.at().map(here -> " at " + at.seenFrom(here)));
    return Printable.quoted(rule.name().value()) + place.orElse("");
  }

  private void note(PolicyRule rule, NoteCode code, String what) {
    rule.at()
        .ifPresent(
            at -> remarks.note(at, code, "rule " + Printable.quoted(rule.name().value()) + what));
  }
}
