package dev.rolecall.benchmarks.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelaysTest {

  @Test
  void delays_areInMilliseconds_whateverTheirOrder() {
    Delays delays =
        Delays.ofNanos(
            LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).boxed().toList());

    assertThat(delays.p50()).isEqualTo(100);
    assertThat(delays.p99()).isEqualTo(198);
    assertThat(delays.slowest()).isEqualTo(200);
    assertThat(delays.count()).isEqualTo(200);
  }

  @Test
  void onlyDelay_isEachShare() {
    assertThat(Delays.ofNanos(List.of(2_500_000L)).p50()).isEqualTo(2.5);
  }

  @Test
  void noDelays_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Delays.ofNanos(List.of()));
  }
}
