package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Credential;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.PeerCredential;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.ProofCertificate;
import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;

/**
 * Reads the certificate that the peer of each new connection has presented, and keeps its proof
 * with the connection. The look-up begins at once: a call that comes before STS has answered waits
 * for the same answer.
 *
 * <p>Runs on the event loop, once the handshake is over. Only then has the peer proven that it
 * holds the certificate's key, so that STS is never asked about a copied certificate.
 */
final class AttestedPeers extends ServerTransportFilter {

  private final CallGuard guard;
  private final boolean callProofsToo;

  /**
   * A filter for that guard's server.
   *
   * @param callProofsToo whether calls on a connection without a certificate may bring proofs
   */
  AttestedPeers(CallGuard guard, boolean callProofsToo) {
    this.guard = requireNonNull(guard, "guard");
    this.callProofsToo = callProofsToo;
  }

  @Override
  public Attributes transportReady(Attributes transport) {
    Attributes read =
        PresentedCertificate.on(transport)
            .fold(
                certificate ->
                    PeerCredential.in(
                        transport, new ProofCertificate(certificate.proof(), certificate.key())),
                () -> callProofsToo ? transport : PeerCredential.in(transport, Credential.none()),
                invalid ->
                    PeerCredential.in(
                        transport, new Credential.Unusable(RefusalReason.ATTESTATION_INVALID)));
    guard.expect(read);
    return read;
  }
}
