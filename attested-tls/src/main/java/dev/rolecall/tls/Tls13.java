package dev.rolecall.tls;

import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 and nothing older. Older versions show certificates to whoever reads the wire. gRPC's
 * credentials cannot say so to a TLS provider; so each end shows no certificate on an older
 * version, takes none, and looks again once the handshake is over.
 */
final class Tls13 {

  private static final String NAME = "TLSv1.3";

  private Tls13() {}

  /** Whether the handshake may go on: the version is 1.3, or not known yet. */
  static boolean isPossibleIn(@Nullable SSLSession handshake) {
    return handshake == null || is(handshake);
  }

  /** Whether the session, its handshake over, is of version 1.3. */
  static boolean is(SSLSession session) {
    return NAME.equals(session.getProtocol());
  }
}
