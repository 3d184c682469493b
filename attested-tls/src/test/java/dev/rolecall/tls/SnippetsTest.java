package dev.rolecall.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The README's snippets start as they are, by what the environment says. No STS is asked: an end
 * signs its first certificate itself.
 */
final class SnippetsTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "aws.accessKeyId", "AKIAIOSFODNN7EXAMPLE",
          "aws.secretAccessKey", "secret",
          "aws.region", "eu-west-1");

  private final Properties before = new Properties();

  @BeforeEach
  void setEnvironment() {
    before.putAll(System.getProperties());
    ENVIRONMENT.forEach(System::setProperty);
  }

  @AfterEach
  void restoreEnvironment() {
    System.setProperties(before);
  }

  @Test
  void server_startsBehindItsGuard() throws Exception {
    Snippets.Guarded guarded =
        Snippets.server(0, Surroundings.everythingFor(Surroundings.CHECKOUT), new Greeter());
    Server server = guarded.builder().build().start();

    assertThat(server.getPort()).isPositive();
    assertThat(server.getServices()).hasSize(1);
    Surroundings.end(server);
    guarded.guard().close();
  }

  @Test
  void client_startsWithItsCredentials() {
    try (AttestedChannel tls = Snippets.client()) {
      assertThat(tls.credentials()).isNotNull();
    }
  }
}
