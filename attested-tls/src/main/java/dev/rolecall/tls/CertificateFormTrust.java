package dev.rolecall.tls;

import dev.rolecall.tls.certificate.AttestedCertificate;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets a handshake go on if the peer's certificate has the form of an attested one. It decides
 * nothing more, for three reasons. It runs before the peer has proven that it holds the key. It
 * does not run for a resumed session. On some providers it runs on the event loop, which must not
 * wait for STS. The peer is verified once the handshake is over.
 *
 * <p>An <i>extended</i> trust manager, because a plain one is wrapped in checks of host names and
 * algorithms that no attested certificate passes.
 */
final class CertificateFormTrust extends X509ExtendedTrustManager {

  private static final System.Logger LOG = System.getLogger("rolecall.tls");

  private final AtomicBoolean told = new AtomicBoolean();

  private void check(X509Certificate[] chain, @Nullable SSLSession handshake, String meaning)
      throws CertificateException {
    if (!Tls13.isPossibleIn(handshake)) {
      throw new CertificateException("attested TLS is TLS 1.3");
    }
    String broken =
        AttestedCertificate.read(chain)
            .<@Nullable String>fold(certificate -> null, malformed -> malformed.rule());
    if (broken != null) {
      String words = "not an attested certificate (expected: " + broken + ")" + meaning;
      // Once, since any client can cause it.
      if (told.compareAndSet(false, true)) {
        LOG.log(Level.WARNING, "the other end shows what is " + words);
      }
      throw new CertificateException(words);
    }
  }

  private void checkClient(X509Certificate[] chain, @Nullable SSLSession handshake)
      throws CertificateException {
    check(chain, handshake, ": the client is none of AttestedTls.channel, or TLS ends in between");
  }

  private void checkServer(X509Certificate[] chain, @Nullable SSLSession handshake)
      throws CertificateException {
    check(chain, handshake, ": the server attests nothing, or TLS ends in between");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClient(chain, handshakeOf(engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServer(chain, handshakeOf(engine));
  }

  /**
   * gRPC asks again for a call with an authority of its own, with an engine that has no session.
   */
  private static @Nullable SSLSession handshakeOf(@Nullable SSLEngine engine) {
    return engine == null ? null : engine.getHandshakeSession();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClient(chain, handshakeOf(socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServer(chain, handshakeOf(socket));
  }

  private static @Nullable SSLSession handshakeOf(@Nullable Socket socket) {
    return socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkClient(chain, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkServer(chain, null);
  }

  /** None: these certificates have no issuer. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
