package dev.rolecall.service.rules.document;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.FirstPlaces;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.internal.InvalidValue;
import dev.rolecall.service.rules.AccessLimits;
import dev.rolecall.service.rules.AccessRule;
import dev.rolecall.service.rules.BreakGlass;
import dev.rolecall.service.rules.Party;
import dev.rolecall.service.rules.ResourcePattern;
import dev.rolecall.service.rules.Reviewing;
import dev.rolecall.service.rules.TicketPattern;
import dev.rolecall.service.rules.Tickets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rules of permissions. What is left out never means "any". */
final class RuleReader {

  private static final String REASON = "reason";
  private static final String TICKET = "ticket";
  private static final String LONGEST = "max_duration";
  private static final String WITHIN = "review_within";
  private static final String EMERGENCY = "break_glass";
  private static final KnownKeys BREAK_GLASS = KnownKeys.of(LONGEST, WITHIN);
  private static final KnownKeys RULE =
      KnownKeys.of(
              "permission",
              "requesters",
              "reviewers",
              "quorum",
              LONGEST,
              "pending_for",
              "may_schedule_ahead",
              "require",
              "tickets",
              EMERGENCY,
              "resources")
          .with(EMERGENCY, BREAK_GLASS);

  private final Remarks remarks;
  private final FieldReader read;
  private final ValueReader values;
  private final PartyReader parties;
  private final FirstPlaces<PermissionName> permissions;

  RuleReader(Remarks remarks, PartyReader parties) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
    this.values = new ValueReader(remarks);
    this.parties = parties;
    this.permissions = new FirstPlaces<>(ProblemCode.INVALID_PERMISSION, remarks);
  }

  /** A rule and the place where it is written. */
  record Placed(AccessRule rule, Place at) {}

  /** The rules that have no problem. */
  List<Placed> rules(Mapping text) {
    List<Placed> rules = new ArrayList<>();
    for (Node item : read.requiredList(text, "rules")) {
      read.mapping("a rule", RULE, item)
          .ifPresent(
              rule -> rule(rule).ifPresent(found -> rules.add(new Placed(found, rule.at()))));
    }
    return rules;
  }

  private Optional<AccessRule> rule(Mapping rule) {
    Optional<PermissionName> permission = permission(rule);
    List<Party> requesters = parties.parties("requesters", read.requiredList(rule, "requesters"));
    Optional<Reviewing> reviewing = reviewing(rule);
    Optional<AccessLimits> limits = limits(rule);
    Tickets tickets = tickets(rule);
    List<ResourcePattern> resources = resources(rule);
    if (permission.isEmpty() || requesters.isEmpty() || reviewing.isEmpty() || limits.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AccessRule(
            permission.get(), requesters, reviewing.get(), limits.get(), tickets, resources));
  }

  private Optional<PermissionName> permission(Mapping rule) {
    return values
        .value(rule, "permission", ProblemCode.INVALID_PERMISSION, PermissionName::of)
        .filter(
            name ->
                permissions.take(
                    name,
                    rule.at(),
                    "a second rule of permission \"" + name + "\"",
                    "one; it is at %s too"));
  }

  private Optional<Reviewing> reviewing(Mapping rule) {
    List<Node> items = read.requiredList(rule, "reviewers");
    List<Party> reviewers = parties.parties("reviewers", items);
    int quorum = values.number(rule, "quorum", 1, Reviewing.LARGEST_QUORUM, 1);
    Duration pending =
        values
            .time(rule, "pending_for", AccessLimits.SHORTEST, AccessLimits.LONGEST)
            .orElse(Reviewing.PENDING_FOR);
    if (reviewers.isEmpty()) {
      return Optional.empty();
    }
    // One party that is wrong may be the open one.
    if (reviewers.size() == items.size()) {
      checkReach(rule, reviewers, quorum);
    }
    return Optional.of(new Reviewing(reviewers, quorum, pending));
  }

  private void checkReach(Mapping rule, List<Party> reviewers, int quorum) {
    long most = reviewers.stream().distinct().count();
    if (reviewers.stream().noneMatch(Party::isOpen) && most < quorum) {
      remarks.problem(
          read.optional(rule, "quorum").map(Node::at).orElse(rule.at()),
          ProblemCode.QUORUM_OUT_OF_REACH,
          "quorum: "
              + quorum
              + ", and there are "
              + most
              + " reviewers (expected: at most "
              + most
              + ", or a directory among the reviewers)");
    }
  }

  private Optional<AccessLimits> limits(Mapping rule) {
    Optional<Duration> longest =
        values.requiredTime(rule, LONGEST, AccessLimits.SHORTEST, AccessLimits.LONGEST);
    Duration ahead =
        values
            .time(rule, "may_schedule_ahead", Duration.ZERO, AccessLimits.FURTHEST_AHEAD)
            .orElse(Duration.ZERO);
    Optional<BreakGlass> emergency =
        read.optional(rule, EMERGENCY)
            .flatMap(node -> read.mapping(EMERGENCY, BREAK_GLASS, node))
            .flatMap(this::breakGlass);
    return longest.map(time -> new AccessLimits(time, ahead, emergency));
  }

  private Optional<BreakGlass> breakGlass(Mapping mapping) {
    Optional<Duration> longest =
        values.requiredTime(mapping, LONGEST, AccessLimits.SHORTEST, BreakGlass.LONGEST);
    Optional<Duration> within =
        values.requiredTime(mapping, WITHIN, AccessLimits.SHORTEST, AccessLimits.LONGEST);
    return longest.flatMap(time -> within.map(review -> new BreakGlass(time, review)));
  }

  private Tickets tickets(Mapping rule) {
    List<String> required =
        values.list(rule, "require", ProblemCode.INVALID_WORD, RuleReader::requirement);
    List<TicketPattern> forms =
        values.list(rule, "tickets", ProblemCode.INVALID_TICKET, TicketPattern::new);
    return new Tickets(required.contains(TICKET), forms);
  }

  private static String requirement(String text) {
    if (!text.equals(REASON) && !text.equals(TICKET)) {
      throw InvalidValue.broken("require", text, "reason or ticket");
    }
    return text;
  }

  private List<ResourcePattern> resources(Mapping rule) {
    return values.list(rule, "resources", ProblemCode.INVALID_RESOURCE, ResourcePattern::new);
  }
}
