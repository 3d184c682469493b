package dev.rolecall.access.grant;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.grant.GrantRequirement;
import dev.rolecall.policy.grant.ResourceName;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule that a right may rest on, and what its caller holds of the grant that the rule requires.
 * A grant that is followed and a grant token count alike; the later end holds.
 */
final class RightWay {

  private final GrantedRule rule;
  private final Optional<ResourceName> resource;
  private final Holding followed;
  private final @Nullable Holding byToken;

  private RightWay(
      GrantedRule rule,
      Optional<ResourceName> resource,
      Holding followed,
      @Nullable Holding byToken) {
    this.rule = requireNonNull(rule, "rule");
    this.resource = requireNonNull(resource, "resource");
    this.followed = requireNonNull(followed, "followed");
    this.byToken = byToken;
  }

  /** The way by that rule; one that nothing meets if the call does not name its resource. */
  static RightWay of(
      GrantedRule rule, Grants grants, Caller caller, CallFacts call, @Nullable String token) {
    GrantRequirement required = rule.requirement();
    Optional<ResourceName> resource = required.resource().flatMap(each -> each.of(call));
    if (required.resource().isPresent() && resource.isEmpty()) {
      return new RightWay(rule, resource, Holding.none(), null);
    }
    return new RightWay(
        rule,
        resource,
        grants.holding(caller, required.permission(), resource),
        token == null
            ? null
            : grants.holdingByToken(caller, token, required.permission(), resource));
  }

  GrantedRule rule() {
    return rule;
  }

  boolean isHeld() {
    return followed.isHeld() || (byToken != null && byToken.isHeld());
  }

  /** Whether the grants that would say whether it is held are about to come. */
  boolean isAwaited() {
    return followed.isAwaited();
  }

  /** When it ends; {@link GrantedRight#NOT_HELD} if it is not held. */
  long heldUntil() {
    long followedUntil = heldUntil(followed);
    return byToken == null ? followedUntil : Ticks.later(followedUntil, heldUntil(byToken));
  }

  private static long heldUntil(Holding holding) {
    // The end first: a holding that is held after that was read has that end, or a later one.
    long end = holding.endTicks();
    return holding.isHeld() ? end : Ticks.NONE;
  }

  /** The end for people. */
  Instant end() {
    Instant end = followed.isHeld() ? followed.end() : Instant.MIN;
    return byToken != null && byToken.isHeld() && byToken.end().isAfter(end) ? byToken.end() : end;
  }

  /** Without a token beside, what is held is a grant that is followed. */
  boolean isExtendable() {
    return followed.isExtendable() && (byToken == null || followed.isHeld());
  }

  /** What is lacking: of the two, the worse. */
  Lack lack() {
    Lack lack = new Lack(followed.reason(), rule, resource);
    if (byToken == null) {
      return lack;
    }
    Lack ofToken = new Lack(byToken.reason(), rule, resource);
    return ofToken.isWorseThan(lack) ? ofToken : lack;
  }
}
