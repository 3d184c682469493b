package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what is under way, in total and for each peer. A peer is remembered only while something
 * of it is under way, so the total bounds the memory too.
 */
final class PeerLimit {

  private final Bound bound;
  private final AtomicInteger total = new AtomicInteger();
  private final ConcurrentMap<String, Integer> byPeer = new ConcurrentHashMap<>();

  PeerLimit(Bound bound) {
    this.bound = requireNonNull(bound, "bound");
  }

  /** Takes a place, if one is free; give it back with {@link #release}, once. */
  boolean tryAcquire(String peer) {
    if (total.incrementAndGet() > bound.total()) {
      total.decrementAndGet();
      return false;
    }
    int ofPeer = byPeer.merge(peer, 1, Integer::sum);
    if (ofPeer > bound.perPeer()) {
      release(peer);
      return false;
    }
    return true;
  }

  void release(String peer) {
    byPeer.computeIfPresent(peer, (same, count) -> count == 1 ? null : count - 1);
    total.decrementAndGet();
  }

  int peersRemembered() {
    return byPeer.size();
  }

  int underWay() {
    return total.get();
  }

  /**
   * How many, of all and of one.
   *
   * @param total of all peers together, at least 1
   * @param perPeer of one peer, 1 to {@code total}
   */
  record Bound(int total, int perPeer) {
    Bound {
      if (total < 1) {
        throw new IllegalArgumentException("total: " + total + " (expected: at least 1)");
      }
      if (perPeer < 1 || perPeer > total) {
        throw new IllegalArgumentException(
            "perPeer: " + perPeer + " (expected: 1 to the total, " + total + ")");
      }
    }
  }
}
