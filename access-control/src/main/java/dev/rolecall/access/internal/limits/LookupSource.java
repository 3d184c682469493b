package dev.rolecall.access.internal.limits;

import static java.util.Objects.requireNonNull;

/**
 * The peer and the key that a look-up is charged to.
 *
 * @param peer where the connection is from
 * @param claimedId the id of the key that the credential claims; any peer may claim any
 */
public record LookupSource(PeerNetworks peer, String claimedId) {

  /** Checks that nothing is absent. */
  public LookupSource {
    requireNonNull(peer, "peer");
    requireNonNull(claimedId, "claimedId");
  }

  /** The one at that address who claims that key. */
  public static LookupSource of(String peer, String claimedId) {
    return new LookupSource(PeerNetworks.of(peer), claimedId);
  }
}
