package dev.rolecall.cli.connect;

import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.tls.certificate.AttestedCertificate;
import dev.rolecall.tls.certificate.CertificateReading;
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
 * One TLS 1.3 handshake without a client certificate, and what the server presented in it.
 *
 * <p>A server that demands a client certificate shows its own first, and refuses the client only
 * after the client's part has ended well (RFC 8446, section 4.4): such a server is seen like any
 * other.
 *
 * @param chain what the server showed, its own certificate first; empty if it did not get there
 * @param failure why the handshake did not end well; empty if it did, and then the server's
 *     CertificateVerify and Finished were good: it holds the certificate's key
 * @param isHttp2 whether both ends agreed on HTTP/2 (ALPN)
 */
public record ServerHandshake(
    List<X509Certificate> chain, Optional<IOException> failure, boolean isHttp2) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Copies the chain. */
  public ServerHandshake {
    chain = List.copyOf(chain);
  }

  /** What the server's own certificate attests; not to be asked where none was shown. */
  public CertificateReading attestation() {
    return AttestedCertificate.read(chain.toArray(X509Certificate[]::new));
  }

  /** Makes it, on a connection that is then closed. Blocks for some ten seconds at most. */
  public static ServerHandshake with(ServerAddress server) {
    return with(server, TIMEOUT);
  }

  /** The same, where each step may take that long. */
  public static ServerHandshake with(ServerAddress server, Duration timeout) {
    int millis = (int) timeout.toMillis();
    PresentedChain shown = new PresentedChain();
    try (Socket tcp = new Socket()) {
      tcp.setSoTimeout(millis);
      tcp.connect(server.resolved(), millis);
      SSLContext tls = SSLContext.getInstance("TLSv1.3");
      tls.init(null, new TrustManager[] {shown}, null);
      SSLSocket socket =
          (SSLSocket) tls.getSocketFactory().createSocket(tcp, server.host(), server.port(), false);
      handshake(socket);
      return new ServerHandshake(
          shown.certificates(), Optional.empty(), "h2".equals(socket.getApplicationProtocol()));
    } catch (IOException e) {
      return new ServerHandshake(shown.certificates(), Optional.of(e), false);
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
