package dev.rolecall.cli;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * One TLS 1.3 handshake without a client certificate: what the server showed in it.
 *
 * <p>A server that demands a client certificate shows its own first, and refuses the client only
 * after the client's part has ended well (RFC 8446, section 4.4): such a server is seen like any
 * other.
 *
 * @param chain what the server showed, its own certificate first; empty if it did not get there
 * @param failure why the handshake did not end well; empty if it did, and then the server's
 *     CertificateVerify and Finished were good: it holds the certificate's key
 */
record ServerHandshake(List<X509Certificate> chain, Optional<IOException> failure) {

  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  /** Copies the chain. */
  ServerHandshake {
    chain = List.copyOf(chain);
  }

  /** Makes it, on a connection that is then closed. */
  static ServerHandshake with(ServerAddress server) {
    ShownChain shown = new ShownChain();
    try (Socket tcp = new Socket()) {
      tcp.setSoTimeout(TIMEOUT_MILLIS);
      tcp.connect(server.resolved(), TIMEOUT_MILLIS);
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(null, new TrustManager[] {shown}, null);
      handshake(
          (SSLSocket)
              tls.getSocketFactory().createSocket(tcp, server.host(), server.port(), false));
      return new ServerHandshake(shown.certificates(), Optional.empty());
    } catch (IOException e) {
      return new ServerHandshake(shown.certificates(), Optional.of(e));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS 1.3 is part of every JDK", e);
    }
  }

  private static void handshake(SSLSocket socket) throws IOException {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
  }
}
