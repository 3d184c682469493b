package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.policy.grant.PermissionName;
import java.util.Optional;

/**
 * A choice of events, and their order.
 *
 * @param after those after this revision: 0 or more
 * @param ref those about this request, grant, lock or key; empty for all
 * @param permission those about this permission; empty for all
 * @param search those that a person searches for
 * @param newestFirst whether the newest comes first; else the oldest does
 */
public record EventFilter(
    long after,
    Optional<String> ref,
    Optional<PermissionName> permission,
    EventSearch search,
    boolean newestFirst) {

  /** All events, oldest first. */
  public static final EventFilter ALL = new EventFilter(0, Optional.empty(), Optional.empty());

  /**
   * Checks the revision.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public EventFilter {
    requireNonNull(ref, "ref");
    requireNonNull(permission, "permission");
    requireNonNull(search, "search");
    if (after < 0) {
      throw InvalidValue.of("after revision", Long.toString(after), "0 or more");
    }
  }

  /**
   * Those without a search, oldest first.
   *
   * @throws IllegalArgumentException if the revision is negative
   */
  public EventFilter(long after, Optional<String> ref, Optional<PermissionName> permission) {
    this(after, ref, permission, EventSearch.ANY, false);
  }
}
