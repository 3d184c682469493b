package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

import dev.rolecall.jwt.key.KeySet;
import java.util.List;
import java.util.Optional;

/**
 * The changes that a message of the service tells of.
 *
 * @param grants grants as they are now
 * @param locks locks as they are now
 * @param keys all keys of grant tokens, in place of those before; empty if they are as before
 */
public record Changes(List<KnownGrant> grants, List<KnownLock> locks, Optional<KeySet> keys) {

  /** Copies. */
  public Changes {
    grants = List.copyOf(grants);
    locks = List.copyOf(locks);
    requireNonNull(keys, "keys");
  }

  /** Whether nothing has changed. */
  public boolean areNone() {
    return grants.isEmpty() && locks.isEmpty() && keys.isEmpty();
  }
}
