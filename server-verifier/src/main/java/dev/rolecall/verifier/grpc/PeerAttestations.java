package dev.rolecall.verifier.grpc;

import io.grpc.Attributes;

/**
 * Says what a connection's peer showed of its role in the TLS handshake.
 *
 * <p>Asked once a call, on the thread that starts the call: it must not block, and should be a look
 * at the attributes. The answer for one connection does not change.
 */
@FunctionalInterface
public interface PeerAttestations {

  /** What the peer of the connection with those transport attributes showed. */
  PeerAttestation of(Attributes transport);
}
