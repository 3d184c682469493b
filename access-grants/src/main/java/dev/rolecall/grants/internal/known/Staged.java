package dev.rolecall.grants.internal.known;

import dev.rolecall.jwt.key.KeySet;
import java.util.ArrayList;
import java.util.List;

/**
 * All there is, as far as it has come since a reset: nothing of before is in it, the keys no more
 * than the grants. Not safe for use by several threads at once.
 */
final class Staged {

  private final GrantTable grants;
  private final List<KnownLock> locks = new ArrayList<>();
  private KeySet keys = KeySet.of(List.of());

  /** Nothing yet, for those grants. */
  Staged(GrantTable grants) {
    this.grants = grants;
  }

  /** Takes changes up; the number of grants that had no room. */
  int putAll(Changes changes) {
    locks.addAll(changes.locks());
    keys = changes.keys().orElse(keys);
    return grants.putAll(changes.grants());
  }

  /** What has come, in place of those. */
  Facts inPlaceOf(Facts before) {
    return before.with(grants).with(LockTable.empty().changedBy(locks)).with(keys);
  }
}
