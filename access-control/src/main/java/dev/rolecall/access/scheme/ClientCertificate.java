package dev.rolecall.access.scheme;

import dev.rolecall.identity.BindingHash;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificate that the client presented in the TLS handshake, which proved that it holds the
 * key. <b>Who signed the certificate is not verified:</b> a scheme that reads it does so.
 *
 * <p>Compared by identity: a connection has one for its whole life.
 */
public final class ClientCertificate implements Credential.PeerCertificate {

  private final List<X509Certificate> chain;
  private final BindingHash key;

  /**
   * The certificate of a connection's client.
   *
   * @param chain the client's own certificate, then those that it sent with it; at least one
   * @throws IllegalArgumentException if the chain is empty
   */
  public ClientCertificate(List<X509Certificate> chain) {
    this.chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("chain: empty (expected: the client's certificate)");
    }
    this.key = BindingHash.of(chain.get(0).getPublicKey().getEncoded());
  }

  /** The client's own certificate. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  /** The client's own certificate, then those that it sent with it. */
  public List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public BindingHash key() {
    return key;
  }

  @Override
  public String toString() {
    return "ClientCertificate[" + key + "]";
  }
}
