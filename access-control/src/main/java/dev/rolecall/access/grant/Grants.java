package dev.rolecall.access.grant;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import java.util.Optional;
import java.util.Set;

/**
 * The grants that callers hold, and the locks on callers, as they are now. Safe for use by many
 * threads; nothing of it blocks.
 */
public interface Grants extends AutoCloseable {

  /** The number of {@link #changes} that are not counted. */
  long UNCOUNTED = -1;

  /**
   * The permissions that the policy in force requires grants of. To be told at the start, and at
   * each change of the policy. Grants of others need not be known.
   */
  void require(Set<PermissionName> permissions);

  /**
   * What a caller holds of a permission: a view that stays true as grants come and go. Made without
   * a look at the grants.
   *
   * @param resource the resource that the call is about; empty where only a grant without resources
   *     will do
   */
  Holding holding(Caller caller, PermissionName permission, Optional<ResourceName> resource);

  /**
   * What a caller holds of a permission by a grant token that its call brought. The token is read
   * and verified here, at most once for the same text while it is remembered.
   *
   * @param token the value of the header {@code rolecall-grant}
   * @param resource as {@link #holding} has it
   */
  Holding holdingByToken(
      Caller caller, String token, PermissionName permission, Optional<ResourceName> resource);

  /** Whether the caller, its role or its credential is locked. */
  boolean isLocked(Caller caller);

  /**
   * A number that changes each time a lock has come or gone, and is never negative: an answer of
   * {@link #isLocked} holds while it stays. One read of a field.
   */
  int lockRound();

  /**
   * A number that grows each time a grant or a lock has changed, or what is known has become stale
   * or fresh. It grows before the listeners of {@link #onChange} run. While it stays, an end that
   * was read of a holding stays or grows. One read of a field. Negative, as by default, where the
   * changes are not counted: each question is then asked anew.
   */
  default long changes() {
    return UNCOUNTED;
  }

  /**
   * Hears that all live calls were looked over: those that may not go on are shut, so that nothing
   * more reaches their clients. Runs on the thread that walks, and must not block. Does nothing by
   * default.
   *
   * @param changes {@link #changes} as it was before the first of them was looked at
   * @param ended how many calls this round ended because of a grant, a lock or stale news
   */
  default void enforced(long changes, int ended) {}

  /**
   * One sentence on how a caller asks for a permission, for the details of a refusal; empty where
   * there is none to give. By default there is none.
   */
  default Optional<String> advice(PermissionName permission) {
    return Optional.empty();
  }

  /**
   * Runs the listener each time a grant or a lock has changed, or what is known has become stale or
   * fresh. It runs on the thread that heard of it, and must not block.
   */
  Registration onChange(Runnable listener);

  /** Stops to follow them. Nothing is held from now on. */
  @Override
  void close();

  /** The grants of a server that follows none: nothing is held, and no caller is locked. */
  static Grants none() {
    return NoGrants.ALL;
  }

  /** The registration of a listener. Closing it, once or more often, ends the notifications. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
