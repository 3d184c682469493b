package dev.rolecall.tls;

import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The rule that attested TLS is TLS 1.3: older versions send certificates in the clear. gRPC's
 * credentials cannot set the version of a TLS provider. So each end presents no certificate on an
 * older version, accepts none, and checks again once the handshake is over.
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
