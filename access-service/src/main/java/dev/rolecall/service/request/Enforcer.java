package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.grant.PermissionName;
import java.time.Instant;
import java.util.List;

/**
 * A server that follows grants, as a node of the service knows it.
 *
 * @param node the name of the server: 1 to 100 characters
 * @param caller the one that follows
 * @param permissions the permissions that it follows
 * @param connected whether it follows now
 * @param confirmed the news that it has confirmed
 * @param seenAt when this was written, by the store's clock; ignored when it is written
 */
public record Enforcer(
    String node,
    Subject caller,
    List<PermissionName> permissions,
    boolean connected,
    Confirmed confirmed,
    Instant seenAt) {

  private static final int LONGEST = 100;

  /**
   * Checks the name, and sorts the permissions.
   *
   * @throws IllegalArgumentException if the name breaks the rule above
   */
  public Enforcer {
    requireNonNull(caller, "caller");
    requireNonNull(confirmed, "confirmed");
    requireNonNull(seenAt, "seenAt");
    permissions = permissions.stream().distinct().sorted().toList();
    if (node.isEmpty() || node.length() > LONGEST) {
      throw InvalidValue.of("node", node, "1 to " + LONGEST + " characters");
    }
  }

  /**
   * The news that a server has confirmed.
   *
   * @param revision up to this revision; 0 for none
   * @param streamsEnded the streams that it has ended for it, in total
   * @param at when it said so, by the store's clock
   */
  public record Confirmed(long revision, long streamsEnded, Instant at) {

    /** Checks that nothing is null. */
    public Confirmed {
      requireNonNull(at, "at");
    }
  }
}
