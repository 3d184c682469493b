package dev.rolecall.grants.internal.known;

import dev.rolecall.jwt.key.KeySet;
import java.util.List;
import java.util.Set;

/**
 * All that is known, but for the time. One value, so that a reset is one write of a field.
 *
 * @param grants the grants, which change in place
 * @param locks the locks
 * @param keys the keys of grant tokens
 * @param lockRound a number that is another one for other locks, and never negative
 * @param covered the permissions of which all grants are known
 */
record Facts(GrantTable grants, LockTable locks, KeySet keys, int lockRound, Set<String> covered) {

  /** Nothing, and room for so many grants. */
  static Facts none(int mostGrants) {
    return new Facts(
        new GrantTable(mostGrants), LockTable.empty(), KeySet.of(List.of()), 0, Set.of());
  }

  /** The same with those grants. */
  Facts with(GrantTable others) {
    return new Facts(others, locks, keys, lockRound, covered);
  }

  /** The same with those locks. */
  Facts with(LockTable others) {
    return new Facts(grants, others, keys, (lockRound + 1) & Integer.MAX_VALUE, covered);
  }

  /** The same with those keys. */
  Facts with(KeySet others) {
    return new Facts(grants, locks, others, lockRound, covered);
  }

  /** The same, which are all there is of those permissions. */
  Facts covering(Set<String> permissions) {
    return covered.equals(permissions)
        ? this
        : new Facts(grants, locks, keys, lockRound, Set.copyOf(permissions));
  }
}
