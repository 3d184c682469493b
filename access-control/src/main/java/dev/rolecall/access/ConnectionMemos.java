package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.connection.PresentedCertificates;
import dev.rolecall.access.scheme.ClientCertificate;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.identity.BindingHash;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The maker of connections' memories: which credential counts on one is decided here.
 *
 * @param readsClientCertificates whether a scheme reads the certificates of clients
 * @param callFirst whether the credential of a call counts before the certificate of its client
 * @param presented the certificates that this server presented lately
 */
record ConnectionMemos(
    boolean readsClientCertificates, boolean callFirst, PresentedCertificates presented) {

  ConnectionMemos {
    requireNonNull(presented, "presented");
  }

  /** The memory of a connection, as {@link AccessControl#connection} takes its parts. */
  ConnectionMemo of(
      String peer,
      Optional<BindingHash> certificate,
      @Nullable Credential ofConnection,
      List<X509Certificate> client) {
    boolean byCertificate = ofConnection == null && readsClientCertificates && !client.isEmpty();
    return new ConnectionMemo(
        peer,
        new ConnectionMemo.Ends(certificate, senderOf(client), presented),
        byCertificate ? new ClientCertificate(client) : ofConnection,
        byCertificate && callFirst);
  }

  /** Empty too for one that cannot be encoded: what is bound to a client is then refused. */
  private static Optional<BindingHash> senderOf(List<X509Certificate> client) {
    if (client.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BindingHash.of(client.get(0).getEncoded()));
    } catch (CertificateEncodingException e) {
      return Optional.empty();
    }
  }
}
