package dev.rolecall.verifier.limits;

import static java.util.Objects.requireNonNull;

/**
 * The one a look-up is counted to.
 *
 * @param peer where the connection is from
 * @param accessKeyId the key the proof claims; anybody may claim any
 */
public record Asker(PeerNetworks peer, String accessKeyId) {

  /** Checks that nothing is absent. */
  public Asker {
    requireNonNull(peer, "peer");
    requireNonNull(accessKeyId, "accessKeyId");
  }

  /** The one at that address who claims that key. */
  public static Asker of(String peer, String accessKeyId) {
    return new Asker(PeerNetworks.of(peer), accessKeyId);
  }
}
