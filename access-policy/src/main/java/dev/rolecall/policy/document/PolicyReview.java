package dev.rolecall.policy.document;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.PlacedPath;
import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.PolicySection;
import dev.rolecall.policy.RulePrincipal;
import dev.rolecall.policy.claim.CallerConditions;
import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.document.internal.GrantNotes;
import dev.rolecall.policy.document.internal.NoteCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.document.internal.SourceNotes;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.internal.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notes effects of a valid policy's rules together that their writer may not have meant. */
final class PolicyReview {

  private final Remarks remarks;

  PolicyReview(Remarks remarks) {
    this.remarks = remarks;
  }

  void review(
      Place policyAt, List<PolicyRule> deny, List<PolicyRule> allow, List<PlacedPath> open) {
    if (allow.isEmpty()) {
      remarks.note(
          policyAt,
          NoteCode.NO_ALLOW_RULES,
          "no allow_rules: every call that needs a caller is denied");
    }
    for (PolicyRule rule : allow) {
      rule.paths().stream().filter(p -> !p.pattern().staysInOneService()).forEach(this::noteSpan);
    }
    noteRepeated(Stream.concat(deny.stream(), allow.stream()));
    SourceNotes sources = new SourceNotes(remarks);
    Stream.concat(deny.stream(), allow.stream()).forEach(sources::note);
    new GrantNotes(remarks).note(allow);
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

  private void noteAvoidable(Place policyAt, PolicyRule rule) {
    remarks.note(
        rule.at().orElse(policyAt),
        NoteCode.AVOIDABLE_DENIAL,
        "rule "
            + Printable.quoted(rule.name().value())
            + " denies by headers: a caller avoids it by leaving a header out");
  }

  private void noteSpan(PlacedPath path) {
    note(
        path,
        NoteCode.SPANS_SERVICES,
        " spans services: those added later too, such as reflection, are open to these principals");
  }

  private void noteDeniedButOpen(PlacedPath denied, PlacedPath open) {
    note(
        denied,
        NoteCode.DENIED_BUT_PUBLIC,
        " is denied to nobody where public_methods has "
            + Printable.quoted(open.pattern().text())
            + ": such a call has no caller");
  }

  private void note(PlacedPath path, NoteCode code, String what) {
    String message = "paths: " + Printable.quoted(path.pattern().text()) + what;
    path.at().ifPresent(at -> remarks.note(at, code, message));
  }

  /** The rule without its name and places, as its writer sees it. */
  private record Content(
      PolicySection section, Callers callers, Set<String> paths, CallConditions conditions) {}

  /** The source without its places. */
  private record Callers(
      Set<String> principals,
      CallerConditions conditions,
      Optional<Set<String>> actors,
      Optional<GrantRequirement> grant) {}

  private void noteRepeated(Stream<PolicyRule> rules) {
    Map<Content, PolicyRule> seen = new HashMap<>();
    rules.forEach(
        rule -> {
          PolicyRule first = seen.putIfAbsent(content(rule), rule);
          if (first != null) {
            rule.at()
                .ifPresent(
                    at ->
                        remarks.note(
                            at,
                            NoteCode.REPEATED_RULE,
                            "rule "
                                + Printable.quoted(rule.name().value())
                                + " says the same as rule "
                                + Printable.quoted(first.name().value())
                                + first.at().map(place -> " at " + place.seenFrom(at)).orElse("")));
          }
        });
  }

  private static Content content(PolicyRule rule) {
    return new Content(
        rule.section(),
        callers(rule.source()),
        rule.paths().stream().map(path -> path.pattern().text()).collect(Collectors.toSet()),
        rule.conditions());
  }

  private static Callers callers(PolicyRule.Source source) {
    return new Callers(
        texts(source.principals()),
        source.conditions(),
        source
            .actors()
            .fold(
                unstated -> Optional.empty(),
                any -> Optional.of(Set.of()),
                some -> Optional.of(texts(some.principals()))),
        source.grant());
  }

  private static Set<String> texts(List<RulePrincipal> principals) {
    return principals.stream().map(RulePrincipal::text).collect(Collectors.toSet());
  }
}
