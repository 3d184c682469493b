package dev.rolecall.txntoken.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.testsupport.LoopbackServer;
import dev.rolecall.testsupport.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys over TLS: of a server that the given authorities vouch for, by its name. */
@Tag("attack")
final class KeyFetchOverTlsTest {

  private final SigningKey key = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  private final AccessRuntime runtime = AccessRuntime.ofDefaults();
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(LoopbackServer.address(), 0), 0);
    byte[] body = KeySet.of(List.of(key.verificationKey())).toJson();
    server.createContext(
        "/jwks",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
    runtime.close();
  }

  private KeyAnswer fetched(TestCertificate shown, Optional<SSLContext> trust) throws Exception {
    server.setHttpsConfigurator(new HttpsConfigurator(shown.context()));
    server.start();
    URI url = URI.create("https://localhost:" + server.getAddress().getPort() + "/jwks");
    return KeyFetch.of(url, trust, runtime).begin().get(20, TimeUnit.SECONDS);
  }

  private static Optional<SSLContext> trusting(TestCertificate certificate)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, TestCertificate.trustManagers(certificate), null);
    return Optional.of(context);
  }

  @Test
  void server_ofATrustedCertificate_isAsked() throws Exception {
    TestCertificate certificate = TestCertificate.generateFor("localhost");

    assertThat(fetched(certificate, trusting(certificate))).isInstanceOf(KeyAnswer.Good.class);
  }

  @Test
  void server_ofACertificateThatIsNotTrusted_isNotBelieved() throws Exception {
    assertThat(fetched(TestCertificate.generateFor("localhost"), Optional.empty()))
        .isInstanceOf(KeyAnswer.Failed.class);
  }

  @Test
  void server_ofATrustedCertificateForAnotherName_isNotBelieved() throws Exception {
    TestCertificate certificate = TestCertificate.generateFor("other.example");

    assertThat(fetched(certificate, trusting(certificate))).isInstanceOf(KeyAnswer.Failed.class);
  }
}
