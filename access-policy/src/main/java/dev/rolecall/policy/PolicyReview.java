package dev.rolecall.policy;

import java.util.List;

/** Notes what the rules of a valid policy do together and their writer may not have meant. */
final class PolicyReview {

  private final Findings findings;

  PolicyReview(Findings findings) {
    this.findings = findings;
  }

  void review(
      Position policyAt, List<PolicyRule> deny, List<PolicyRule> allow, List<PlacedPath> open) {
    if (allow.isEmpty()) {
      findings.note(policyAt, "no allow_rules: every call that needs a caller is denied");
    }
    for (PolicyRule rule : allow) {
      rule.paths().stream().filter(p -> !p.pattern().staysInOneService()).forEach(this::noteSpan);
    }
    OpenPaths openPaths = OpenPaths.of(open);
    for (PolicyRule rule : deny) {
      for (PlacedPath path : rule.paths()) {
        openPaths.sharing(path.pattern()).ifPresent(openPath -> noteDeniedButOpen(path, openPath));
      }
    }
  }

  private void noteSpan(PlacedPath path) {
    note(
        path,
        " spans services: those added later too, such as reflection, are open to these principals");
  }

  private void noteDeniedButOpen(PlacedPath denied, PlacedPath open) {
    note(
        denied,
        " is denied to nobody where public_methods has "
            + Shown.quoted(open.pattern().text())
            + ": such a call has no caller");
  }

  private void note(PlacedPath path, String what) {
    findings.note(
        path.at().orElse(Position.START), "paths: " + Shown.quoted(path.pattern().text()) + what);
  }
}
