package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is under way, in total and for each peer. One peer may have so many places, and the
 * peers of one site together {@value #SITE_FACTOR} times as many.
 *
 * <p>Beyond the total lies a reserve, for addresses that have nothing under way: one place for
 * each, {@value #RESERVED_OF_A_HOST} for a host and a quarter of all for a site. So a few peers
 * that take all of the places do not keep out a peer that has none.
 *
 * <p>A peer is remembered only while something of it is under way, so the total and the reserve
 * bound the memory too. Safe for use by many threads; never blocks.
 */
public final class PeerLimit {

  /** How many times as much as one host a site may have. */
  static final int SITE_FACTOR = 4;

  /** How many places of the reserve a host may have: an IPv6 host has many addresses. */
  static final int RESERVED_OF_A_HOST = 4;

  private final Bound bound;
  private final int reserve;
  private final AtomicInteger total = new AtomicInteger();
  private final AtomicInteger reserved = new AtomicInteger();
  private final ConcurrentMap<Network, Integer> counts = new ConcurrentHashMap<>();
  private final ConcurrentMap<Network, Integer> reservedCounts = new ConcurrentHashMap<>();

  /** A limit with that reserve; 0 for none. */
  PeerLimit(Bound bound, int reserve) {
    this.bound = requireNonNull(bound, "bound");
    this.reserve = reserve;
  }

  /** Takes one of the places of all; null if none is free. */
  @Nullable Place tryCommon(PeerNetworks peer) {
    if (!tryCount(total, bound.total())) {
      return null;
    }
    if (!tryCount(counts, peer, bound.perPeer(), bound.perPeer(), bound.perSite())) {
      total.decrementAndGet();
      return null;
    }
    return () -> {
      uncount(counts, peer);
      total.decrementAndGet();
    };
  }

  /** Takes a place of the reserve; null if none is free for that peer. */
  @Nullable Place tryReserve(PeerNetworks peer) {
    if (counts.containsKey(peer.address()) || !tryCount(reserved, reserve)) {
      return null;
    }
    int ofSite = Math.max(1, reserve / SITE_FACTOR);
    if (!tryCount(reservedCounts, peer, 1, RESERVED_OF_A_HOST, ofSite)) {
      reserved.decrementAndGet();
      return null;
    }
    return () -> {
      uncount(reservedCounts, peer);
      reserved.decrementAndGet();
    };
  }

  private static boolean tryCount(AtomicInteger count, int most) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return false;
    }
    return true;
  }

  private static boolean tryCount(
      ConcurrentMap<Network, Integer> counts,
      PeerNetworks peer,
      int ofAddress,
      int ofHost,
      int ofSite) {
    boolean fits = counts.merge(peer.address(), 1, Integer::sum) <= ofAddress;
    if (!peer.host().equals(peer.address())) {
      fits &= counts.merge(peer.host(), 1, Integer::sum) <= ofHost;
    }
    fits &= counts.merge(peer.site(), 1, Integer::sum) <= ofSite;
    if (!fits) {
      uncount(counts, peer);
    }
    return fits;
  }

  private static void uncount(ConcurrentMap<Network, Integer> counts, PeerNetworks peer) {
    uncount(counts, peer.address());
    if (!peer.host().equals(peer.address())) {
      uncount(counts, peer.host());
    }
    uncount(counts, peer.site());
  }

  private static void uncount(ConcurrentMap<Network, Integer> counts, Network network) {
    counts.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
  }

  /** How many addresses and networks are remembered. */
  int networksRemembered() {
    return counts.size() + reservedCounts.size();
  }

  /** How many places are taken. */
  int underWay() {
    return total.get() + reserved.get();
  }

  /**
   * The most of all peers, and of one.
   *
   * @param total of all peers together, at least 1
   * @param perPeer of one peer, 1 to {@code total}
   */
  public record Bound(int total, int perPeer) {

    /** Checks the range. */
    public Bound {
      if (total < 1) {
        throw InvalidValue.of("total", Integer.toString(total), "at least 1");
      }
      if (perPeer < 1 || perPeer > total) {
        throw InvalidValue.of("perPeer", Integer.toString(perPeer), "1 to the total, " + total);
      }
    }

    /** How many the peers of one site may have together. */
    int perSite() {
      return (int) Math.min((long) perPeer * SITE_FACTOR, total);
    }
  }
}
