package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import dev.rolecall.verifier.grpc.Peer;
import dev.rolecall.verifier.grpc.PeerAttestation;
import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import java.lang.System.Logger.Level;

/**
 * Reads what the peer of each new connection has shown, keeps it with the connection, and begins to
 * have it verified: a call that comes before STS has answered waits for the same answer.
 *
 * <p>Runs on the event loop, once the handshake is over: only then has the peer proven that it
 * holds the certificate's key, so that a copied certificate never leads to a question to STS.
 */
final class AttestedPeers extends ServerTransportFilter {

  private static final System.Logger LOG = System.getLogger("rolecall.tls");
  private static final Attributes.Key<PeerAttestation> KEY =
      Attributes.Key.create("rolecall-attestation");

  private final CallerVerifier verifier;
  private final ServerWiring wiring;

  AttestedPeers(CallerVerifier verifier, ServerWiring wiring) {
    this.verifier = requireNonNull(verifier, "verifier");
    this.wiring = requireNonNull(wiring, "wiring");
  }

  @Override
  public Attributes transportReady(Attributes transport) {
    PeerAttestation attestation =
        ShownCertificate.on(transport)
            .fold(
                certificate -> shown(transport, certificate),
                PeerAttestation::none,
                invalid -> PeerAttestation.invalid());
    return transport.toBuilder().set(KEY, attestation).build();
  }

  private PeerAttestation shown(Attributes transport, AttestedCertificate certificate) {
    PeerAttestation.Shown shown =
        new PeerAttestation.Shown(certificate.proof().text(), certificate.key());
    try {
      // The verifier remembers; who calls is asked again, and judged, with each call.
      var unused =
          verifier.verify(
              shown.proof(), Connection.attested(Peer.of(transport).address(), shown.key()));
    } catch (RuntimeException | Error e) {
      // A verifier of the user's own. Going on is safe: the guard asks it again, and fails closed.
      LOG.log(Level.WARNING, "a verifier threw {0}", e.getClass().getName());
    }
    return shown;
  }

  /** What the connection's peer has shown. Nothing good, if this filter was not installed. */
  PeerAttestation of(Attributes transport) {
    PeerAttestation attestation = transport.get(KEY);
    if (attestation == null) {
      wiring.unread();
      return PeerAttestation.invalid();
    }
    return attestation;
  }
}
