package dev.rolecall.service.rules;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges a request by the rules alone: no store, no other request. Immutable. */
public final class AskJudge {

  private static final int MOST_NAMES = 10;

  private final AccessRules rules;

  /** A judge by those rules. */
  public AskJudge(AccessRules rules) {
    this.rules = requireNonNull(rules, "rules");
  }

  /**
   * Judges a request.
   *
   * @param now the time of the store
   */
  public Ruling judge(Ask ask, Instant now) {
    Optional<AccessRule> found =
        rules.rule(ask.scope().permission()).filter(rule -> rule.mayRequest(ask.requester()));
    if (found.isEmpty()) {
      return new Ruling.Refused(notOffered(ask));
    }
    AccessRule rule = found.get();
    boolean emergency = ask.kind() == AskKind.BREAK_GLASS;
    return Stream.of(
            beneficiary(rule, ask),
            emergency ? emergency(rule) : Optional.<AccessFailure>empty(),
            duration(rule, ask, emergency),
            start(rule, ask, now),
            why(rule, ask.why()),
            resources(rule, ask))
        .flatMap(Optional::stream)
        .findFirst()
        .<Ruling>map(Ruling.Refused::new)
        .orElseGet(() -> new Ruling.Accepted(rule, RuleSnapshot.of(rule)));
  }

  /** The permissions that the subject may ask for. */
  public List<PermissionName> offeredTo(Subject subject) {
    return rules.rules().values().stream()
        .filter(rule -> rule.mayRequest(subject))
        .map(AccessRule::permission)
        .toList();
  }

  /** A permission that is not there and one that is for others are told alike. */
  private AccessFailure notOffered(Ask ask) {
    List<PermissionName> offered = offeredTo(ask.requester());
    return AccessFailure.ofValue(
        FailureReason.PERMISSION_NOT_OFFERED,
        "permission",
        ask.scope().permission().value(),
        offered.isEmpty()
            ? "a caller that the rules name as a requester; this one is not one"
            : "one that you may ask for: "
                + offered.stream()
                    .limit(MOST_NAMES)
                    .map(PermissionName::value)
                    .collect(Collectors.joining(", "))
                + (offered.size() > MOST_NAMES ? ", ..." : ""));
  }

  private static Optional<AccessFailure> beneficiary(AccessRule rule, Ask ask) {
    return unless(
        rule.mayRequest(ask.beneficiary()),
        FailureReason.BENEFICIARY_NOT_ALLOWED,
        "beneficiary",
        ask.beneficiary().party(),
        "one who may ask for " + rule.permission() + " too");
  }

  private static Optional<AccessFailure> emergency(AccessRule rule) {
    return unless(
        rule.limits().breakGlass().isPresent(),
        FailureReason.BREAK_GLASS_NOT_OFFERED,
        "break_glass",
        "true",
        "a request that reviewers approve; " + rule.permission() + " has no emergency access");
  }

  private static Optional<AccessFailure> duration(AccessRule rule, Ask ask, boolean emergency) {
    Duration asked = ask.time().duration();
    Duration longest = rule.limits().longest(emergency).orElse(rule.limits().maxDuration());
    return unless(
        asked.compareTo(AccessLimits.SHORTEST) >= 0 && asked.compareTo(longest) <= 0,
        FailureReason.DURATION_NOT_ALLOWED,
        "duration",
        TimeSpan.text(asked),
        TimeSpan.text(AccessLimits.SHORTEST) + " to " + TimeSpan.text(longest));
  }

  private static Optional<AccessFailure> start(AccessRule rule, Ask ask, Instant now) {
    Duration ahead = rule.limits().scheduleAhead();
    Optional<Instant> start = ask.time().startsAt();
    return unless(
        start.map(at -> at.isAfter(now) && !at.isAfter(now.plus(ahead))).orElse(true),
        FailureReason.START_NOT_ALLOWED,
        "starts_at",
        start.map(Instant::toString).orElse("none"),
        ahead.isZero()
            ? "no start, since " + rule.permission() + " cannot be scheduled"
            : "later than now, and at most " + TimeSpan.text(ahead) + " ahead");
  }

  private static Optional<AccessFailure> why(AccessRule rule, Ask.Why why) {
    if (why.reason().isEmpty()) {
      return Optional.of(
          AccessFailure.ofValue(
              FailureReason.REASON_REQUIRED, "reason", "", "a sentence for the reviewers"));
    }
    String ticket = why.ticket().map(FreeText::value).orElse("");
    return unless(
        rule.tickets().take(ticket),
        FailureReason.TICKET_REQUIRED,
        "ticket",
        ticket,
        rule.tickets().rule());
  }

  private static Optional<AccessFailure> resources(AccessRule rule, Ask ask) {
    List<ResourceName> asked = ask.scope().resources();
    return unless(
        rule.offers(asked),
        FailureReason.RESOURCE_NOT_OFFERED,
        "resources",
        asked.stream().map(ResourceName::value).collect(Collectors.joining(", ")),
        rule.resources().isEmpty()
            ? "none, since the rule of " + rule.permission() + " names no resources"
            : "at least one, like "
                + rule.resources().stream()
                    .limit(MOST_NAMES)
                    .map(ResourcePattern::text)
                    .collect(Collectors.joining(" or ")));
  }

  private static Optional<AccessFailure> unless(
      boolean right, FailureReason reason, String name, String value, String expected) {
    return right
        ? Optional.empty()
        : Optional.of(AccessFailure.ofValue(reason, name, value, expected));
  }
}
