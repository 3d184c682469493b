package dev.rolecall.tls;

import dev.rolecall.tls.certificate.AttestedCertificate;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What the peer of a connection, its handshake over, has shown. */
sealed interface PresentedCertificate {

  /** Calls the function of the arm this is. */
  <T> T fold(
      Function<AttestedCertificate, T> attested, Supplier<T> none, Function<Invalid, T> invalid);

  /** What the connection with those attributes shows, whether its session is new or resumed. */
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
      // A TLS session of a kind unknown here. Closed is how it fails.
      return new Invalid("a TLS session that can be read");
    }
  }

  /** An attested certificate, whose key the peer holds. */
  record Attested(AttestedCertificate certificate) implements PresentedCertificate {
    @Override
    public <T> T fold(
        Function<AttestedCertificate, T> attested, Supplier<T> none, Function<Invalid, T> invalid) {
      return attested.apply(certificate);
    }
  }

  /** No certificate. */
  enum None implements PresentedCertificate {
    /** The only one. */
    INSTANCE;

    @Override
    public <T> T fold(
        Function<AttestedCertificate, T> attested, Supplier<T> none, Function<Invalid, T> invalid) {
      return none.get();
    }
  }

  /**
   * Something else.
   *
   * @param rule the rule it breaks; holds nothing of the peer's
   */
  record Invalid(String rule) implements PresentedCertificate {
    @Override
    public <T> T fold(
        Function<AttestedCertificate, T> attested, Supplier<T> none, Function<Invalid, T> invalid) {
      return invalid.apply(this);
    }
  }
}
