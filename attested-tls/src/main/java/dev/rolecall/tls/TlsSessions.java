package dev.rolecall.tls;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps no TLS session on the client, so that every connection of a channel is a full handshake. A
 * resumed session presents the certificates of its first handshake. Once these have lapsed, an
 * honest client would be refused at every attempt, because each would resume.
 */
final class TlsSessions {

  private TlsSessions() {}

  /**
   * Forgets the sessions of that connection's channel. The tickets of a handshake come before its
   * first HTTP/2 frame, so that the connection's first call finds them all.
   */
  static void forget(Attributes transport) {
    SSLSession session = transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return;
    }
    @Nullable SSLSessionContext context = session.getSessionContext();
    if (context == null) {
      return;
    }
    // In seconds; zero would mean without limit. For a ticket that comes late after all.
    context.setSessionTimeout(1);
    List<byte[]> known = Collections.list(context.getIds());
    for (byte[] id : known) {
      @Nullable SSLSession kept = context.getSession(id);
      if (kept != null) {
        kept.invalidate();
      }
    }
  }
}
