package dev.rolecall.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** A TLS server that shows another's certificate and has a key of its own: it serves one client. */
public final class StolenCertificate implements AutoCloseable {

  private final SSLServerSocket server;

  public StolenCertificate(List<X509Certificate> stolen)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    SSLContext tls = SSLContext.getInstance("TLSv1.3");
    tls.init(
        new KeyManager[] {new Mismatched(stolen, keys.generateKeyPair().getPrivate())}, null, null);
    server =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    Thread serving = new Thread(this::serveOne, "thief");
    serving.setDaemon(true);
    serving.start();
  }

  public String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private void serveOne() {
    try (SSLSocket client = (SSLSocket) server.accept()) {
      client.startHandshake();
    } catch (IOException e) {
      // The client hangs up on it, which is what it is for.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private static final class Mismatched extends X509ExtendedKeyManager {

    private final List<X509Certificate> certificate;
    private final PrivateKey key;

    Mismatched(List<X509Certificate> certificate, PrivateKey key) {
      this.certificate = certificate;
      this.key = key;
    }

    @Override
    public String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return "stolen";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return certificate.toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {"stolen"};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[0];
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
