package dev.rolecall.exchange;

import static dev.rolecall.exchange.ExchangeBench.form;
import static dev.rolecall.exchange.ExchangeBench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.testsupport.IssuedCertificate;
import dev.rolecall.testsupport.TestAuthority;
import dev.rolecall.testsupport.TestCertificate;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tokens over TLS, bound to the certificates of their clients. */
@Tag("attack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BoundTokensTest {

  private final TestCertificate ofServer = TestCertificate.generateFor("localhost");
  private final IssuedCertificate ofClient =
      TestAuthority.root("strangers").issueForDns("client.example");

  private ExchangeBench bench;

  @BeforeAll
  void start() throws Exception {
    bench = bench(Optional.of(ofClient)).overTls();
  }

  private ExchangeBench bench(Optional<IssuedCertificate> client) throws Exception {
    return new ExchangeBench(
        options ->
            options
                .tls(List.of(ofServer.certificate()), key(ofServer))
                .bindTokensToClientCertificates(),
        HttpClient.newBuilder().sslContext(tls(client)).build());
  }

  private static PrivateKey key(TestCertificate certificate) {
    String body = certificate.keyPem().replaceAll("-----[A-Z ]+-----|\\s", "");
    try {
      return KeyFactory.getInstance(certificate.certificate().getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("what was made can be read", e);
    }
  }

  private SSLContext tls(Optional<IssuedCertificate> client) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (client.isPresent()) {
      own.setKeyEntry(
          "client",
          client.get().privateKey(),
          new char[0],
          client.get().chain().toArray(new Certificate[0]));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), TestCertificate.trustManagers(ofServer), null);
    return context;
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  /** Any certificate will do: it identifies no caller. */
  @Test
  void post_clientWithACertificate_getsATokenBoundToIt() throws Exception {
    SignedJWT token =
        SignedJWT.parse(json(bench.post(form("role:checkout"))).text("access_token").orElseThrow());

    Map<String, Object> cnf = token.getJWTClaimsSet().getJSONObjectClaim("cnf");
    assertThat(cnf).containsEntry("x5t#S256", BindingHash.of(ofClient.leaf().getEncoded()).value());
  }

  @Test
  void post_overTls_letsAProofBeBoundToTheServersCertificate() throws Exception {
    bench.post(form("role:checkout"));

    assertThat(bench.scheme.lastConnection().certificates())
        .containsExactly(BindingHash.of(ofServer.der()));
  }

  @Test
  void post_clientWithACertificateAndNoProof_isRefused() {
    assertThat(bench.post(form("role:checkout", "subject_token", "-")).statusCode()).isEqualTo(400);
  }

  @Test
  void post_clientWithoutOne_getsATokenThatIsNotBound() throws Exception {
    try (ExchangeBench without = bench(Optional.empty()).overTls()) {
      SignedJWT token =
          SignedJWT.parse(
              json(without.post(form("role:checkout"))).text("access_token").orElseThrow());

      assertThat(token.getJWTClaimsSet().getClaims()).doesNotContainKey("cnf");
    }
  }

  @Test
  void post_plaintextToTheTlsPort_isNoAnswer() throws Exception {
    try (ExchangeBench secure = bench(Optional.empty())) {
      assertThatThrownBy(() -> secure.post(form("role:checkout")))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void start_withoutTls_offTheLoopback_isRefused() {
    assertThatThrownBy(
            () ->
                ExchangeServer.builder(IssuerUrl.parse("https://id.example"), bench.access)
                    .start(new InetSocketAddress(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("address: 0.0.0.0 without TLS (expected: a loopback address");
  }

  @Test
  void start_bindingWithoutTls_isRefused() {
    assertThatThrownBy(
            () ->
                ExchangeServer.builder(IssuerUrl.parse("https://id.example"), bench.access)
                    .bindTokensToClientCertificates()
                    .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
        .hasMessageStartingWith("tokens bound to client certificates without TLS");
  }
}
