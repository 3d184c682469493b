package dev.rolecall.tokencredentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs the snippet of this module's README. */
final class ReadmeSnippetsTest {

  @Test
  void credentials_nameTheirClient() {
    OpenTelemetry telemetry = OpenTelemetry.noop();
    Path secretFile = Path.of("secret");
    // region credentials
    TokenCallCredentials orders =
        TokenCallCredentials.clientCredentials(
                TokenIssuer.discovered(URI.create("https://idp.example/realms/shop")),
                ClientAuthentication.secretBasic("checkout", SecretSource.file(secretFile)))
            .audience("orders")
            .scope("orders:write")
            .openTelemetry(telemetry)
            .build();
    // endregion

    try (orders) {
      assertThat(orders.toString()).contains("ClientAuthentication[checkout]");
    }
  }
}
