package dev.rolecall.verifier.internal.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The time for which an endpoint that does not answer is left alone. */
final class CircuitPauseTest {

  private static final int LONGEST_SECONDS = 30;

  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  @Test
  void begin_whateverIsDrawn_isAtMostTheCeilingAndAtLeastHalf() {
    List<Duration> first = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      CircuitPause pause = new CircuitPause(() -> now, new Random(seed));
      for (int ceiling = 1; ceiling <= LONGEST_SECONDS; ceiling *= 2) {
        pause.begin();
        assertThat(pause.ceiling()).isEqualTo(Duration.ofSeconds(ceiling));
        assertThat(pause.left())
            .isBetween(Duration.ofMillis(500L * ceiling), Duration.ofSeconds(ceiling));
        if (ceiling == 1) {
          first.add(pause.left());
        }
      }
      pause.begin();
      assertThat(pause.ceiling()).isEqualTo(Duration.ofSeconds(LONGEST_SECONDS));
    }
    assertThat(first).doesNotHaveDuplicates();
    assertThat(first).anyMatch(pause -> pause.toMillis() < 550);
    assertThat(first).anyMatch(pause -> pause.toMillis() > 950);
  }

  @Test
  void left_overATickerThatWraps_countsDownToZeroAndStaysThere() {
    CircuitPause pause = new CircuitPause(() -> now, () -> 0L);
    pause.begin();
    pause.begin();
    now += Duration.ofSeconds(2).toNanos() - 1;
    assertThat(pause.left()).isEqualTo(Duration.ofNanos(1));
    now++;
    assertThat(pause.left()).isZero();
    now += Duration.ofDays(1).toNanos();
    assertThat(pause.left()).isZero();
  }

  @Test
  void reset_theNextPause_isTheFirstAgain() {
    CircuitPause pause = new CircuitPause(() -> now, () -> 0L);
    pause.begin();
    pause.begin();
    pause.reset();
    pause.begin();
    assertThat(pause.left()).isEqualTo(Duration.ofSeconds(1));
  }
}
