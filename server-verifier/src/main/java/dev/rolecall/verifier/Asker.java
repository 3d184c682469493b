package dev.rolecall.verifier;

import static java.util.Objects.requireNonNull;

/**
 * Whom a look-up is counted to.
 *
 * @param peer whom the connection is from, as limits count it
 * @param accessKeyId the key the proof claims; anybody may claim any
 */
record Asker(String peer, String accessKeyId) {
  Asker {
    requireNonNull(peer, "peer");
    requireNonNull(accessKeyId, "accessKeyId");
  }
}
