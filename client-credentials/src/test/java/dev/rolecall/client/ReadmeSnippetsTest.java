package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

/** Runs the snippet of this module's README. */
final class ReadmeSnippetsTest {

  @Test
  void credentials_nameTheirAudience() {
    OpenTelemetry telemetry = OpenTelemetry.noop();
    // region credentials
    IamCallCredentials role =
        IamCallCredentials.builder("orders")
            .assumeRole("arn:aws:iam::111122223333:role/checkout")
            .region(Region.EU_WEST_1)
            .renewalMargin(Duration.ofMinutes(5))
            .openTelemetry(telemetry)
            .build();
    // endregion

    try (role) {
      assertThat(role).hasToString("IamCallCredentials[orders]");
    }
  }
}
