package dev.rolecall.access.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final ManualTime clock = new ManualTime();
  private final RateLimit limit = new RateLimit(clock, 2, Duration.ofSeconds(1));

  @Test
  void eventsBeyondTheLimit_areLeftOut_andCountedInTheNextThatIsNot() {
    assertThat(limit.take()).isEqualTo(0);
    assertThat(limit.take()).isEqualTo(0);
    assertThat(limit.take()).isEqualTo(-1);
    clock.advance(Duration.ofMillis(999));
    assertThat(limit.take()).isEqualTo(-1);

    clock.advance(Duration.ofMillis(1));

    assertThat(limit.take()).isEqualTo(2);
    assertThat(limit.take()).isEqualTo(0);
    assertThat(limit.take()).isEqualTo(-1);
  }

  @Test
  void clockThatIsSetBack_doesNotCloseTheLog() {
    limit.take();
    limit.take();

    clock.advance(Duration.ofHours(-1));

    assertThat(limit.take()).isEqualTo(0);
  }
}
