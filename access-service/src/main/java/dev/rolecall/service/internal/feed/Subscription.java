package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.Subscribe;
import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.grant.PermissionName;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The news that a server asks for.
 *
 * @param node the name of the server, for people: 1 to 100 printable ASCII characters
 * @param permissions the permissions whose grants it follows, at most 1,000; none for no grants
 * @param epoch the history that it has news of; empty for none
 * @param after the revision up to which it has all news
 */
record Subscription(String node, Set<PermissionName> permissions, String epoch, long after) {

  private static final Alphabet PRINTABLE = Alphabet.range(' ', '~');
  private static final int LONGEST = 100;
  private static final int MOST_PERMISSIONS = 1_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value breaks its rule above
   */
  Subscription {
    requireNonNull(node, "node");
    permissions = Set.copyOf(permissions);
    if (!PRINTABLE.spells(node, 1, LONGEST)) {
      throw InvalidValue.of("node", node, "1 to 100 printable ASCII characters");
    }
    if (epoch.length() > LONGEST) {
      throw InvalidValue.of("epoch", epoch, "the epoch of a message of this service");
    }
    if (after < 0) {
      throw InvalidValue.of("after_revision", Long.toString(after), "0 or more");
    }
    if (permissions.size() > MOST_PERMISSIONS) {
      throw InvalidValue.of(
          "permissions", Integer.toString(permissions.size()), "at most " + MOST_PERMISSIONS);
    }
  }

  /**
   * The subscription that a message asks for.
   *
   * @throws IllegalArgumentException if a value breaks its rule
   */
  static Subscription of(Subscribe message) {
    return new Subscription(
        message.getNode(),
        message.getPermissionsList().stream()
            .map(PermissionName::of)
            .collect(Collectors.toUnmodifiableSet()),
        message.getEpoch(),
        message.getAfterRevision());
  }
}
