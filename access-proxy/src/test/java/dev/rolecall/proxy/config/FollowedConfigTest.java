package dev.rolecall.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FollowedConfigTest {

  private final List<String> done = new CopyOnWriteArrayList<>();

  private static FollowedConfig<String> config() {
    return new FollowedConfig<>(
        () -> new byte[0],
        (content, before) -> "open",
        IllegalArgumentException.class,
        OpenTelemetry.noop());
  }

  @Test
  void task_thatIsStillToCome_isDoneAtTheClose() {
    FollowedConfig<String> config = config();
    config.later(Duration.ofHours(1), () -> done.add("replaced is closed"));

    config.close();

    assertThat(done).containsExactly("replaced is closed");
  }

  @Test
  void task_thatFails_doesNotKeepTheNextFromBeingDone() {
    FollowedConfig<String> config = config();
    config.later(
        Duration.ofHours(1),
        () -> {
          throw new IllegalStateException("the test's");
        });
    config.later(Duration.ofHours(1), () -> done.add("the next"));

    config.close();
    config.close();

    assertThat(done).containsExactly("the next");
  }
}
