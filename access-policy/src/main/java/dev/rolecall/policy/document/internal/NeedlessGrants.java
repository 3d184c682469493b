package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.internal.Printable;
import java.util.List;

/** The notes about rules whose grant callers do not need, since another rule asks for none. */
final class NeedlessGrants {

  private final GrantNotes notes;

  NeedlessGrants(GrantNotes notes) {
    this.notes = notes;
  }

  /** Notes each rule whose grant some callers do not need because of an open rule. */
  void note(PolicyRule open, List<PolicyRule> granted) {
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
          note(open, rule, principals, paths);
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

  private void note(
      PolicyRule open, PolicyRule rule, List<RulePrincipal> principals, List<PlacedPath> paths) {
    boolean whole =
        principals.size() == rule.principals().size() && paths.size() == rule.paths().size();
    notes.note(
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
            + GrantNotes.named(open, rule)
            + " allows it without one");
  }
}
