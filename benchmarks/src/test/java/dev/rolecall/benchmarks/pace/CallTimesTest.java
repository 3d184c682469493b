package dev.rolecall.benchmarks.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallTimesTest {

  private static final CallTimes HUNDRED =
      new CallTimes(
          IntStream.rangeClosed(1, 100)
              .mapToObj(i -> new TimedCall(1_000L * i, 1_001L * i, Status.Code.OK))
              .toList());

  @Test
  void share_ofTheCalls_isTheTimeOfTheSlowestOfThem() {
    assertThat(HUNDRED.within(0.5)).isEqualTo(Duration.ofNanos(50));
    assertThat(HUNDRED.within(0.99)).isEqualTo(Duration.ofNanos(99));
    assertThat(HUNDRED.slowest()).isEqualTo(Duration.ofNanos(100));
  }

  @Test
  void share_ofNoCall_isRefused() {
    assertThatThrownBy(() -> new CallTimes(List.of()).slowest())
        .hasMessage("calls: 0 (expected: at least 1)");
  }

  @Test
  void callThatFailed_isNotAnsweredAndTookUntilItsEnd() {
    CallTimes calls =
        new CallTimes(
            List.of(
                new TimedCall(0, 5, Status.Code.OK),
                new TimedCall(0, 900, Status.Code.DEADLINE_EXCEEDED)));

    assertThat(calls.made()).isEqualTo(2);
    assertThat(calls.answered()).isEqualTo(1);
    assertThat(calls.failures()).isEqualTo(Map.of(Status.Code.DEADLINE_EXCEEDED, 1));
    assertThat(calls.slowest()).isEqualTo(Duration.ofNanos(900));
  }

  @Test
  void window_takesCallsThatReachIntoIt_andTheRestIsOutside() {
    CallTimes.Window window = new CallTimes.Window(50_050, 52_000);

    assertThat(HUNDRED.in(window).made()).as("calls 50, 51 and 52").isEqualTo(3);
    assertThat(HUNDRED.outside(List.of(window)).made()).isEqualTo(97);
    assertThat(HUNDRED.since(99_000).made()).isEqualTo(2);
  }

  @Test
  void windowThatEndsBeforeItBegins_isRefused() {
    assertThatThrownBy(() -> new CallTimes.Window(2, 1))
        .hasMessage("window: ends before it begins");
  }
}
