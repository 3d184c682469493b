package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.PolicyRule;
import dev.rolecall.policy.internal.Printable;
import java.util.List;
import java.util.Optional;

/** The notes about the grants that rules require, as the rules are together. */
public final class GrantNotes {

  /** Rules or permissions are compared each with each; a policy of more is noted nothing. */
  static final int MOST_PAIRS = 10_000;

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
      NeedlessGrants needless = new NeedlessGrants(this);
      open.forEach(rule -> needless.note(rule, granted));
    }
    new SimilarPermissions(this).note(granted);
  }

  /** Notes something of a rule that has a place. */
  void note(PolicyRule rule, NoteCode code, String what) {
    rule.at()
        .ifPresent(
            at -> remarks.note(at, code, "rule " + Printable.quoted(rule.name().value()) + what));
  }

  /** A rule by its name, and where it is written. */
  static String named(PolicyRule rule, PolicyRule seenFrom) {
    Optional<String> place =
        rule.at().flatMap(at -> seenFrom.at().map(here -> " at " + at.seenFrom(here)));
    return Printable.quoted(rule.name().value()) + place.orElse("");
  }
}
