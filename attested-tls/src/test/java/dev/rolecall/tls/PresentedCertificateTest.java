package dev.rolecall.tls;

import static dev.rolecall.tls.Surroundings.AUDIENCE;
import static dev.rolecall.tls.Surroundings.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.lang.reflect.Proxy;
import java.security.cert.Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of a session's certificate after the handshake, whatever the handshake accepted. */
final class PresentedCertificateTest {

  @RegisterExtension final Surroundings around = new Surroundings();

  /** The answer of a session that is asked for its peer's certificates. */
  private interface Chain {
    Certificate[] get() throws SSLPeerUnverifiedException;
  }

  private static Attributes connection(String protocol, Chain chain) {
    SSLSession session =
        (SSLSession)
            Proxy.newProxyInstance(
                PresentedCertificateTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getProtocol" -> protocol;
                      case "getPeerCertificates" -> chain.get();
                      default -> throw new AssertionError("nobody asks for " + method.getName());
                    });
    return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session).build();
  }

  private static String shown(Attributes connection) {
    return PresentedCertificate.on(connection)
        .fold(certificate -> "attested", () -> "none", invalid -> invalid.rule());
  }

  private Certificate[] chain() {
    return new Certificate[] {Forgery.attestation(around.proofs(AUDIENCE, CHECKOUT)).certificate()};
  }

  @Test
  void on_tls13AndAnAttestation_isTheAttestation() {
    assertThat(shown(connection("TLSv1.3", this::chain))).isEqualTo("attested");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1", "SSLv3", "TLSv1.30", "NONE", ""})
  void on_anyOtherVersion_isInvalid(String protocol) {
    assertThat(shown(connection(protocol, this::chain))).isEqualTo("TLS 1.3");
  }

  @Test
  void on_noCertificate_isNone() {
    assertThat(
            shown(
                connection(
                    "TLSv1.3",
                    () -> {
                      throw new SSLPeerUnverifiedException("none");
                    })))
        .isEqualTo("none");
  }

  @Test
  void on_sessionThatThrows_isInvalidAndNotTakenForNone() {
    assertThat(
            shown(
                connection(
                    "TLSv1.3",
                    () -> {
                      throw new IllegalStateException("destroyed");
                    })))
        .isEqualTo("a TLS session that can be read");
  }

  @Test
  void on_anOrdinaryCertificate_isInvalid() {
    Certificate[] ordinary = {OrdinaryCertificate.forLocalhost().certificate()};

    assertThat(shown(connection("TLSv1.3", () -> ordinary)))
        .isEqualTo("an extension that holds a proof");
  }

  @Test
  void on_noTls_isInvalid() {
    assertThat(shown(Attributes.EMPTY)).isEqualTo("a connection with TLS");
  }
}
