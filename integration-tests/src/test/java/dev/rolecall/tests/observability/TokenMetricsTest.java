package dev.rolecall.tests.observability;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.LoopbackServer;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics of issuers of tokens are those that the docs list, both ways. */
final class TokenMetricsTest {

  private static final String OF_ISSUERS = "rolecall.issuer.";

  @RegisterExtension final Bench bench = new Bench();

  @Test
  void emitted_ofAnIssuerWithKeysAndOneThatIsDown_isWhatTheDocsList() {
    EmittedMetrics emitted = new EmittedMetrics(bench.telemetry());
    byte[] keys =
        KeySet.of(
                List.of(SigningKey.generate(Algorithm.ES256, new SecureRandom()).verificationKey()))
            .toJson();
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + keys.length + "\r\n\r\n";
    try (LoopbackServer server =
            LoopbackServer.of(
                (connection, number) -> {
                  connection.getOutputStream().write(head.getBytes(US_ASCII));
                  connection.getOutputStream().write(keys);
                });
        AccessRuntime runtime =
            AccessRuntime.builder().openTelemetry(bench.telemetry().sdk()).build();
        CallerVerifier verifier =
            TokenVerifier.forAudience("orders")
                .accept(issuer("up", server.port()))
                .accept(issuer("down", ClosedPort.any()))
                .verifier(runtime)) {
      assertThat(verifier.read(Credential.none(), Connection.withoutTls("unknown")))
          .isEqualTo(Reading.notMine());
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  emitted.count("rolecall.issuer.failures", "cause", "connection") > 0
                      && emitted.all().anyMatch(one -> one.getName().endsWith("keys.age")));

      assertThat(
              emitted
                  .all()
                  .filter(one -> one.getName().startsWith(OF_ISSUERS))
                  .map(EmittedMetrics::described))
          .containsExactlyInAnyOrderElementsOf(
              DocumentedMetrics.all().stream()
                  .filter(one -> one.name().startsWith(OF_ISSUERS))
                  .map(MetricNamesTest::described)
                  .toList());
      Set<String> causes =
          DocumentedMetrics.values()
              .getOrDefault(List.of("rolecall.issuer.failures", "cause"), Optional.empty())
              .orElseThrow();
      assertThat(
              emitted
                  .all()
                  .filter(one -> one.getName().equals("rolecall.issuer.failures"))
                  .flatMap(one -> one.getData().getPoints().stream())
                  .map(point -> EmittedMetrics.attributes(point).get("cause")))
          .containsAll(causes);
    }
  }

  private static TokenIssuer issuer(String alias, int port) {
    return TokenIssuer.of(alias, "https://" + alias + ".example")
        .keySetUrl(URI.create("http://127.0.0.1:" + port + "/keys"))
        .allowPlainHttpOnLoopback();
  }
}
