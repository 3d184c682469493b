package dev.rolecall.benchmarks.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.benchmarks.grants.Ended;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StreamEndsTest {

  private static final long MILLI = 1_000_000;

  private final StreamEnds ends = new StreamEnds("right");

  @Test
  void share_isOverAllChanges() {
    ends.add(0, ended(0, Map.of("right", 50), 1, 50));
    ends.add(1_000 * MILLI, ended(0, Map.of("right", 50), 1_051, 1_100));

    assertThat(ends.millis(0.5)).isEqualTo(50);
    assertThat(ends.millis(0.99)).isEqualTo(99);
    assertThat(ends.wrong()).isZero();
  }

  @Test
  void otherReason_isWrong() {
    ends.add(0, ended(0, Map.of("right", 2, "UNAVAILABLE/none", 3), 1, 5));

    assertThat(ends.wrong()).isEqualTo(3);
  }

  @Test
  void streamThatDidNotEnd_leavesNoTime() {
    ends.add(0, ended(1, Map.of("right", 2), 1, 2));

    assertThatThrownBy(() -> ends.millis(0.99)).hasMessageStartingWith("1 streams did not end");
  }

  private static Ended ended(int open, Map<String, Integer> reasons, long from, long to) {
    return new Ended(
        open,
        reasons,
        LongStream.rangeClosed(from, to).mapToObj(milli -> milli * MILLI).toList(),
        List.of());
  }
}
