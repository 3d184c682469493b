package dev.rolecall.tokens.internal.keys;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * The fetches that tokens with unknown key ids bring about: one in 10 seconds, with a bounded
 * number of calls waiting for it. Guarded by its owner's lock.
 */
final class ForcedFetches {

  /** The calls that may wait for one fetch. */
  static final int MOST_WAITING = 64;

  /** The time between two of them, for which a missing key id is remembered too. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private final Set<String> missing = new HashSet<>();
  private boolean begun;
  private long begunAt;
  private int waiting;

  /** Whether the last one was for that key id too, in vain, less than a pause ago. */
  boolean isKnownMissing(String kid, long now) {
    return !mayBegin(now) && missing.contains(kid);
  }

  /** Whether a pause has passed since the last one began. */
  boolean mayBegin(long now) {
    return !begun || now - begunAt >= PAUSE.toNanos();
  }

  /** One begins. */
  void begin(long now) {
    begun = true;
    begunAt = now;
    missing.clear();
  }

  /** Whether one more call may wait; it does from now on. */
  boolean tryWait() {
    if (waiting >= MOST_WAITING) {
      return false;
    }
    waiting++;
    return true;
  }

  /** A call waits no more. */
  void leave() {
    waiting--;
  }

  /** The fetch did not bring that key id. As many as may wait are remembered. */
  void remember(String kid) {
    if (missing.size() < MOST_WAITING) {
      missing.add(kid);
    }
  }
}
