package dev.rolecall.exchange.internal.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import dev.rolecall.identity.BindingHash;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;

/** The TLS of a server, 1.2 or 1.3: its certificate, and whether it asks clients for theirs. */
public final class ServerTls {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext context;
  private final BindingHash leaf;
  private final boolean asksClients;

  private ServerTls(SSLContext context, BindingHash leaf, boolean asksClients) {
    this.context = context;
    this.leaf = leaf;
    this.asksClients = asksClients;
  }

  /**
   * The TLS of that certificate.
   *
   * @param chain the server's own certificate first
   * @param asksClients whether clients are asked for a certificate, and may go on without one
   * @throws IllegalArgumentException if the chain is empty, or the key does not fit
   */
  public static ServerTls of(List<X509Certificate> chain, PrivateKey key, boolean asksClients) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("chain: empty (expected: the server's certificate)");
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, new char[0], chain.toArray(new Certificate[0]));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {new UnknownClients()}, null);
      return new ServerTls(context, BindingHash.of(chain.get(0).getEncoded()), asksClients);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "certificate and key: not usable (expected: a chain and the key of its first"
              + " certificate)",
          e);
    }
  }

  /** The hash of the server's certificate, which a proof may be bound to. */
  public BindingHash leaf() {
    return leaf;
  }

  /** The settings of connections. */
  HttpsConfigurator configurator() {
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters connection) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setWantClientAuth(asksClients);
        connection.setSSLParameters(parameters);
      }
    };
  }

  /** The hash of the certificate whose key the client proved to hold; empty without one. */
  public static Optional<BindingHash> sender(HttpsExchange exchange) {
    try {
      Certificate[] shown = exchange.getSSLSession().getPeerCertificates();
      return shown.length == 0
          ? Optional.empty()
          : Optional.of(BindingHash.of(shown[0].getEncoded()));
    } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
      // It showed none.
      return Optional.empty();
    }
  }
}
