package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.internal.WeakSlots;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.renewal.RenewingCredential;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * The proofs of connections. The binding follows from the certificate that the server presented. It
 * cannot change while an HTTP/2 connection lasts (RFC 9113, section 9.2.1, forbids renegotiation).
 * So it is hashed once and remembered by the connection's attributes, one object per transport.
 *
 * <p>Remembers at most 64 connections, each in the one slot its identity hash names: a collision
 * costs a hash of the certificate, never a wrong answer. Holds attributes weakly, so no connection
 * or TLS session lives on through it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5929#section-4">RFC 5929, section 4</a>
 */
final class ConnectionProofs {

  private static final int SLOTS = 64;

  /** Zero would mean for ever. */
  private static final int LEAST_TIMEOUT_SECONDS = 1;

  private final ProofSource source;
  private final boolean bearerAlways;
  private final WeakSlots<Attributes, RenewingCredential<SignedProof>> slots =
      new WeakSlots<>(SLOTS);

  ConnectionProofs(ProofSource source, boolean bearerAlways) {
    this.source = requireNonNull(source, "source");
    this.bearerAlways = bearerAlways;
  }

  /** The proof for calls on the connection with those attributes. */
  RenewingCredential<SignedProof> on(Attributes connection) {
    // By identity: Attributes.equals compares contents, and slowly.
    RenewingCredential<SignedProof> known = slots.get(connection);
    if (known != null) {
      return known;
    }
    RenewingCredential<SignedProof> proof =
        source.renewing(bearerAlways ? ProofBinding.bearer() : binding(connection));
    slots.put(connection, proof);
    return proof;
  }

  /** Forgets all connections and their proofs. */
  void clear() {
    slots.clear();
  }

  private static ProofBinding binding(Attributes connection) {
    SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return ProofBinding.bearer();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      resumeNoLonger(session);
      return chain.length == 0
          ? ProofBinding.bearer()
          : new ProofBinding.Channel(BindingHash.of(chain[0].getEncoded()));
    } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
      // The server presented no certificate to bind to. A server that wants channel binding
      // refuses what follows; a server that presented one cannot be made to look as if it had not.
      return ProofBinding.bearer();
    }
  }

  /**
   * Has the next connection make a full handshake. A resumed session shows the certificate of the
   * first one, for as long as it is resumed: a day and more after the server replaced it, bound to
   * what the server no longer knows. Within the second that is left, it still does.
   */
  private static void resumeNoLonger(SSLSession session) {
    SSLSessionContext sessions = session.getSessionContext();
    if (sessions != null) {
      sessions.setSessionTimeout(LEAST_TIMEOUT_SECONDS);
    }
  }
}
