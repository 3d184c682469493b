package dev.rolecall.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayLimitsTest {

  private final RelayLimits limits = RelayLimits.ofDefaults();

  @Test
  void bounds_areIncluded() {
    assertThat(
            limits
                .withMessageBytes(1_024)
                .withMetadataBytes(4_096)
                .withConnectionAge(Duration.ofSeconds(10)))
        .returns(1_024, RelayLimits::messageBytes)
        .returns(4_096, RelayLimits::metadataBytes);
    assertThat(
            limits
                .withMessageBytes(512 << 20)
                .withMetadataBytes(1 << 20)
                .withConnectionAge(Duration.ofDays(1))
                .connectionAge())
        .contains(Duration.ofDays(1));
  }

  @Test
  void values_beyondTheBounds_areRefused() {
    assertThatThrownBy(() -> limits.withMessageBytes(1_023))
        .hasMessage("message bytes: 1023 (expected: 1024 to 536870912)");
    assertThatThrownBy(() -> limits.withMessageBytes((512 << 20) + 1))
        .hasMessageStartingWith("message bytes: ");
    assertThatThrownBy(() -> limits.withMetadataBytes(4_095))
        .hasMessageStartingWith("metadata bytes: ");
    assertThatThrownBy(() -> limits.withMetadataBytes((1 << 20) + 1))
        .hasMessageStartingWith("metadata bytes: ");
    assertThatThrownBy(() -> limits.withConnectionAge(Duration.ofMillis(9_999)))
        .hasMessageStartingWith("connection age: ");
    assertThatThrownBy(() -> limits.withConnectionAge(Duration.ofDays(1).plusNanos(1)))
        .hasMessageStartingWith("connection age: ");
  }
}
