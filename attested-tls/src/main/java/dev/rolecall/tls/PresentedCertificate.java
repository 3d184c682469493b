package dev.rolecall.tls;

import dev.rolecall.tls.certificate.AttestedCertificate;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The certificate that the peer of a connection has presented, its handshake over. */
sealed interface PresentedCertificate {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<AttestedCertificate, T> attested, Supplier<T> none, Function<Invalid, T> invalid) {
    if (this instanceof Attested presented) {
      return attested.apply(presented.certificate);
    }
    if (this instanceof None) {
      return none.get();
    }
    if (this instanceof Invalid other) {
      return invalid.apply(other);
    }
    throw new AssertionError();
  }

  /** The certificate on the connection with those attributes, its session new or resumed. */
  static PresentedCertificate on(Attributes transport) {
    SSLSession session = transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return new Invalid("a connection with TLS");
    }
    if (!Tls13.is(session)) {
      return new Invalid("TLS 1.3");
    }
    try {
      return AttestedCertificate.read(session.getPeerCertificates())
          .fold(Attested::new, malformed -> new Invalid(malformed.rule()));
    } catch (SSLPeerUnverifiedException e) {
      return None.INSTANCE;
    } catch (RuntimeException e) {
      // A TLS session of an unknown kind: it fails closed.
      return new Invalid("a TLS session that can be read");
    }
  }

  /** An attested certificate, whose key the peer holds. */
  record Attested(AttestedCertificate certificate) implements PresentedCertificate {}

  /** No certificate. */
  enum None implements PresentedCertificate {
    /** The only one. */
    INSTANCE;
  }

  /**
   * Another certificate, or a connection that cannot carry one.
   *
   * @param rule the rule it breaks; holds nothing that the peer sent
   */
  record Invalid(String rule) implements PresentedCertificate {}
}
