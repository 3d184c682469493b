package dev.rolecall.service.rules.document;

import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.policy.internal.InvalidValue;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.rules.AccessRule;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.AskJudge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries cases under rules.
 *
 * @param rules the rules
 */
record CaseTrial(AccessRules rules) {

  private static final String VIA = " via ";

  /** Any time will do, since starts are counted from it. */
  private static final Instant NOW = Instant.EPOCH;

  AccessCaseResult result(AccessCase tested) {
    try {
      return new AccessCaseResult(tested, differences(tested));
    } catch (IllegalArgumentException e) {
      return new AccessCaseResult(tested, List.of(String.valueOf(e.getMessage())));
    }
  }

  private List<String> differences(AccessCase tested) {
    Ask ask = ask(tested);
    List<String> differences = new ArrayList<>();
    AccessCase.Expected expected = tested.expected();
    new AskJudge(rules)
        .judge(ask, NOW)
        .fold(accepted -> difference(expected), refused -> difference(expected, refused.failure()))
        .ifPresent(differences::add);
    Optional<AccessRule> rule = rules.rule(tested.asked().permission());
    for (String text : tested.callers().reviewers()) {
      if (!mayReview(rule, ask, subject(text))) {
        differences.add(text + " may not review it, and should");
      }
    }
    for (String text : tested.callers().notReviewers()) {
      if (mayReview(rule, ask, subject(text))) {
        differences.add(text + " may review it, and should not");
      }
    }
    return differences;
  }

  private static Optional<String> difference(AccessCase.Expected expected) {
    return expected.accepted() ? Optional.empty() : Optional.of("accepted, and should be refused");
  }

  private static Optional<String> difference(AccessCase.Expected expected, AccessFailure failure) {
    String told = failure.reason() + ": " + failure.sentence();
    return expected.accepted()
        ? Optional.of("refused, and should be accepted; " + told)
        : expected
            .because()
            .filter(reason -> reason != failure.reason())
            .map(reason -> "refused, and should be because of " + reason + "; " + told);
  }

  private static boolean mayReview(Optional<AccessRule> rule, Ask ask, Subject reviewer) {
    return rule.filter(found -> found.mayReview(reviewer)).isPresent()
        && !reviewer.isSamePartyAs(ask.requester())
        && !reviewer.isSamePartyAs(ask.beneficiary());
  }

  private Ask ask(AccessCase tested) {
    AccessCase.Asked asked = tested.asked();
    Subject requester = subject(tested.callers().requester());
    return new Ask(
        requester,
        tested.callers().beneficiary().map(this::subject).orElse(requester),
        new Scope(asked.permission(), asked.resources()),
        new Ask.Why(
            Optional.of(FreeText.of("a case of a test")),
            asked.ticket().isEmpty() ? Optional.empty() : Optional.of(FreeText.of(asked.ticket()))),
        new Ask.Time(asked.duration(), asked.startIn().map(NOW::plus)),
        asked.emergency() ? AskKind.BREAK_GLASS : AskKind.ORDINARY);
  }

  private Subject subject(String text) {
    if (text.startsWith("arn:")) {
      int hash = text.indexOf('#');
      RoleArn role = RoleArn.parse(hash < 0 ? text : text.substring(0, hash));
      return new Subject(
          role.toString(),
          hash < 0 ? Optional.empty() : Optional.of(RoleId.parse(text.substring(hash + 1))),
          Optional.empty());
    }
    if (text.startsWith("oidc:")) {
      if (OidcPattern.parse(text) instanceof OidcPattern.Subject named) {
        return rules.people().subject(named.subject());
      }
      throw InvalidValue.broken("caller", text, "oidc:{alias}:{subject}");
    }
    int via = text.indexOf(VIA);
    return via < 0
        ? rules.people().named(text, Optional.empty())
        : rules
            .people()
            .named(text.substring(0, via), Optional.of(text.substring(via + VIA.length())));
  }
}
