package dev.rolecall.policy.document;

import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Printable;
import java.util.List;

/** Notes effects of a valid policy's rules together that their writer may not have meant. */
final class PolicyReview {

  private final Remarks remarks;

  PolicyReview(Remarks remarks) {
    this.remarks = remarks;
  }

  void review(
      Position policyAt, List<PolicyRule> deny, List<PolicyRule> allow, List<PlacedPath> open) {
    if (allow.isEmpty()) {
      remarks.note(policyAt, "no allow_rules: every call that needs a caller is denied");
    }
    for (PolicyRule rule : allow) {
      rule.paths().stream().filter(p -> !p.pattern().staysInOneService()).forEach(this::noteSpan);
    }
    PublicMethodIndex openPaths = PublicMethodIndex.of(open);
    for (PolicyRule rule : deny) {
      if (!rule.conditions().headers().isEmpty()) {
        noteAvoidable(policyAt, rule);
      }
      for (PlacedPath path : rule.paths()) {
        openPaths.sharing(path.pattern()).ifPresent(openPath -> noteDeniedButOpen(path, openPath));
      }
    }
  }

  private void noteAvoidable(Position policyAt, PolicyRule rule) {
    remarks.note(
        rule.at().orElse(policyAt),
        "rule "
            + Printable.quoted(rule.name().value())
            + " denies by headers: a caller avoids it by leaving a header out");
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
            + Printable.quoted(open.pattern().text())
            + ": such a call has no caller");
  }

  private void note(PlacedPath path, String what) {
    remarks.note(
        path.at().orElse(Position.START),
        "paths: " + Printable.quoted(path.pattern().text()) + what);
  }
}
