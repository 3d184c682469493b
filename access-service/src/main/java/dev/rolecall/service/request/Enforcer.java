package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.grant.PermissionName;
import java.time.Instant;
import java.util.List;

/**
 * A server that follows grants, as a node of the service knows it. Each subscription is one of its
 * own: replicas of a server may share a name and a caller.
 *
 * @param stream the subscription, with the name of the server
 * @param caller the one that follows
 * @param permissions the permissions that it follows
 * @param connected whether it follows now
 * @param confirmed the news that it has confirmed
 * @param seenAt when this was written, by the store's clock; ignored when it is written
 */
public record Enforcer(
    Stream stream,
    Subject caller,
    List<PermissionName> permissions,
    boolean connected,
    Confirmed confirmed,
    Instant seenAt) {

  /** Sorts the permissions. */
  public Enforcer {
    requireNonNull(stream, "stream");
    requireNonNull(caller, "caller");
    requireNonNull(confirmed, "confirmed");
    requireNonNull(seenAt, "seenAt");
    permissions = permissions.stream().distinct().sorted().toList();
  }

  /** The id of the subscription. */
  public String id() {
    return stream.id();
  }

  /** The name of the server. */
  public String node() {
    return stream.node();
  }

  /**
   * A subscription.
   *
   * @param id tells it from all others, those of other nodes too: 1 to 100 characters
   * @param node the name of the server, as it says: 1 to 100 characters
   */
  public record Stream(String id, String node) {

    private static final int LONGEST = 100;

    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if a value breaks its rule above
     */
    public Stream {
      check("id", id);
      check("node", node);
    }

    private static void check(String field, String value) {
      if (value.isEmpty() || value.length() > LONGEST) {
        throw InvalidValue.of(field, value, "1 to " + LONGEST + " characters");
      }
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
