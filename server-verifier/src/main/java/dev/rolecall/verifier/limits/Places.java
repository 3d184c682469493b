package dev.rolecall.verifier.limits;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Places of one kind: those of peers, and a reserve for access keys that STS has confirmed within
 * the hour. A NAT, a balancer or a mesh may hide an attacker behind one address with honest
 * callers; the reserve is theirs where the places of their address are gone.
 *
 * <p>Safe for use by many threads; never blocks.
 */
final class Places {

  private final PeerLimit ofPeers;
  private final PeerLimit ofKeys;
  private final Predicate<Asker> isConfirmed;

  /**
   * So many places; half as many for peers that have none under way, and half as many for keys.
   *
   * @param perKey how many one key may have of those for keys
   * @param isConfirmed whether STS has confirmed a proof of the asker's key within the hour
   */
  Places(PeerLimit.Bound bound, int perKey, Predicate<Asker> isConfirmed) {
    int half = bound.total() / 2;
    this.ofPeers = new PeerLimit(bound, half);
    int forKeys = Math.max(1, half);
    this.ofKeys = new PeerLimit(new PeerLimit.Bound(forKeys, Math.min(perKey, forKeys)), 0);
    this.isConfirmed = requireNonNull(isConfirmed, "isConfirmed");
  }

  /** Takes a place, if one is free; null if none is. */
  @Nullable Place tryAcquire(Asker asker) {
    Place place = tryCommon(asker);
    return place != null ? place : tryReserve(asker);
  }

  /** Takes one of those that all peers share. */
  @Nullable Place tryCommon(Asker asker) {
    return ofPeers.tryCommon(asker.peer());
  }

  /** Takes one that is kept for peers with nothing under way, or for confirmed keys. */
  @Nullable Place tryReserve(Asker asker) {
    Place place = ofPeers.tryReserve(asker.peer());
    return place == null && isConfirmed.test(asker)
        ? ofKeys.tryCommon(PeerNetworks.named(asker.accessKeyId()))
        : place;
  }

  int underWay() {
    return ofPeers.underWay() + ofKeys.underWay();
  }

  int networksRemembered() {
    return ofPeers.networksRemembered() + ofKeys.networksRemembered();
  }
}
