package dev.rolecall.cli.connect;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A trust manager that keeps the chain a server presents. It trusts every server, so its connection
 * sends nothing and is closed after the handshake.
 */
final class PresentedChain extends X509ExtendedTrustManager {

  private volatile List<X509Certificate> shown = List.of();

  /**
   * What the server showed, its own certificate first; empty if the handshake did not get there.
   */
  List<X509Certificate> certificates() {
    return shown;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    shown = List.of(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    shown = List.of(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    shown = List.of(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("a client has no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException("a client has no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("a client has no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
