package dev.rolecall.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HourCountTest {

  private static final long START = ManualTime.START.toEpochMilli();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private final HourCount count = new HourCount();

  @Test
  void sum_overHours_isThatOfTheLast55To60Minutes() {
    for (int minute = 0; minute < 300; minute++) {
      count.add(START + minute * MINUTE, 1);
      if (minute > 60) {
        assertThat(count.sum(START + minute * MINUTE)).isBetween(55L, 60L);
      }
    }
  }

  @Test
  void sum_ofACountThatStopped_becomesNothing() {
    count.add(START, 5);

    assertThat(count.sum(START + 55 * MINUTE)).isEqualTo(5);
    assertThat(count.sum(START + 60 * MINUTE)).isZero();
  }

  @Test
  void recordOfAnEarlierTime_isCountedAtThatTime() {
    count.add(START + 10 * MINUTE, 1);
    count.add(START, 1);

    assertThat(count.sum(START + 10 * MINUTE)).isEqualTo(2);
  }

  @Test
  void clockThatWasSetBack_losesNothingOfTheHour_andForgetsWhatIsFurtherAhead() {
    count.add(START + 20 * MINUTE, 1);
    count.add(START, 1);
    assertThat(count.sum(START)).isEqualTo(2);

    count.add(START + 600 * MINUTE, 7);
    assertThat(count.sum(START)).isEqualTo(1);
    count.add(START, 1);
    assertThat(count.sum(START)).isEqualTo(2);
  }

  @Test
  void number_beyondTheCell_isTheMost() {
    count.add(START, Long.MAX_VALUE);
    count.add(START, Long.MAX_VALUE);

    assertThat(count.sum(START)).isEqualTo((1L << 36) - 1);
  }

  @Test
  void additionsOfManyThreads_areAllCounted() throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i -> new Thread(() -> IntStream.range(0, 10_000).forEach(n -> count.add(START, 1))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }

    assertThat(count.sum(START)).isEqualTo(40_000);
  }
}
