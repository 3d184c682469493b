package dev.rolecall.access.grant;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.Decision.GrantedRule;
import dev.rolecall.policy.grant.ResourceName;
import java.util.Optional;

/**
 * The grant that a caller lacks for a call, and why.
 *
 * @param reason as {@link Holding#reason} has it
 * @param rule the rule that would allow the call, and what it requires
 * @param resource the resource that the call is about; empty where the rule names none, or the call
 *     does not say which
 */
public record Lack(RefusalReason reason, GrantedRule rule, Optional<ResourceName> resource) {

  /** Checks that nothing is absent. */
  public Lack {
    requireNonNull(reason, "reason");
    requireNonNull(rule, "rule");
    requireNonNull(resource, "resource");
  }

  /** Whether the reason is worse news than the other's: it is the one to tell. */
  boolean isWorseThan(Lack other) {
    return rank() > other.rank();
  }

  /** A lock counts whatever is held. Without news, nothing else that is known can be relied on. */
  private int rank() {
    return switch (reason) {
      case CALLER_LOCKED -> 4;
      case GRANTS_STALE -> 3;
      case GRANT_REVOKED -> 2;
      case GRANT_EXPIRED -> 1;
      default -> 0;
    };
  }
}
