package dev.rolecall.txntoken.internal.keys;

import dev.rolecall.jwt.key.KeySet;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The key ids that tokens named and the keys did not have: at most 64. Guarded by its owner's lock.
 */
final class UnknownIds {

  /** The time between two fetches for them. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final int MOST = 64;

  /** Asked for, by a fetch that has not ended. */
  private final Set<String> sought = new HashSet<>();

  /** Not in the keys of the last good fetch that sought them. */
  private final Set<String> missing = new HashSet<>();

  private boolean begun;
  private long begunAt;

  /** Whether the last good fetch that sought the id did not bring it. */
  boolean isMissing(String kid) {
    return missing.contains(kid);
  }

  /** Seeks that id, as far as there is room. */
  void seek(String kid) {
    if (sought.size() < MOST) {
      sought.add(kid);
    }
  }

  /** Whether a fetch for them may begin, a pause after the last one. If so, it counts as begun. */
  boolean tryBegin(long now) {
    if (begun && now - begunAt < PAUSE.toNanos()) {
      return false;
    }
    begun = true;
    begunAt = now;
    return true;
  }

  /** The ids that a fetch which begins now seeks. */
  Set<String> taken() {
    Set<String> taken = Set.copyOf(sought);
    sought.clear();
    return taken;
  }

  /** The fetch has ended without keys: its ids are sought again. */
  void putBack(Set<String> taken) {
    taken.forEach(this::seek);
  }

  /** The fetch that sought those brought these keys. */
  void found(Set<String> taken, KeySet keys) {
    missing.clear();
    missing.addAll(taken);
    keys.keys().forEach(key -> key.kid().ifPresent(missing::remove));
  }
}
