package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Places of one kind: those of peers, and a reserve for keys that an issuer has confirmed within
 * the hour. A NAT, a balancer or a mesh may hide an attacker behind one address with honest
 * callers; the reserve is theirs where the places of their address are gone.
 *
 * <p>Safe for use by many threads; never blocks.
 */
final class Places {

  private final PeerLimit ofPeers;
  private final PeerLimit ofKeys;
  private final Predicate<LookupSource> isConfirmed;

  /**
   * So many places; half as many for peers that have none under way, and half as many for keys.
   *
   * @param perKey how many one key may have of those for keys
   * @param isConfirmed whether an issuer has confirmed a credential of the source's key within the
   *     hour
   */
  Places(PeerLimit.Bound bound, int perKey, Predicate<LookupSource> isConfirmed) {
    int half = bound.total() / 2;
    this.ofPeers = new PeerLimit(bound, half);
    int forKeys = Math.max(1, half);
    this.ofKeys = new PeerLimit(new PeerLimit.Bound(forKeys, Math.min(perKey, forKeys)), 0);
    this.isConfirmed = requireNonNull(isConfirmed, "isConfirmed");
  }

  /** Takes a place, if one is free; null if none is. */
  @Nullable Place tryAcquire(LookupSource source) {
    Place place = tryCommon(source);
    return place != null ? place : tryReserve(source);
  }

  /** Takes one of those that all peers share. */
  @Nullable Place tryCommon(LookupSource source) {
    return ofPeers.tryCommon(source.peer());
  }

  /** Takes one that is kept for peers with nothing under way, or for confirmed keys. */
  @Nullable Place tryReserve(LookupSource source) {
    Place place = ofPeers.tryReserve(source.peer());
    return place == null && isConfirmed.test(source)
        ? ofKeys.tryCommon(PeerNetworks.named(source.claimedId()))
        : place;
  }

  int underWay() {
    return ofPeers.underWay() + ofKeys.underWay();
  }

  int networksRemembered() {
    return ofPeers.networksRemembered() + ofKeys.networksRemembered();
  }
}
