package dev.rolecall.access.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The times that callers are told to wait. */
final class RetryAfterTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RetryAfter retryAfter = new RetryAfter(new Random(1));

  @Test
  void soon_isBetweenOneSecondAndTwo_andDiffers() {
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Duration wait = retryAfter.soon();
      assertThat(wait).isBetween(SECOND, SECOND.multipliedBy(2));
      waits.add(wait);
    }
    assertThat(waits).hasSizeGreaterThan(990);
  }

  @Test
  void after_isWithinTheSpread_andNeverLessThanASecond() {
    RetryAfter earliest = new RetryAfter(() -> 0L);
    assertThat(earliest.after(Duration.ofSeconds(5), Duration.ofSeconds(8)))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(earliest.after(Duration.ZERO, Duration.ZERO)).isEqualTo(SECOND);
    RetryAfter latest = new RetryAfter(new Greatest());
    assertThat(latest.after(Duration.ofSeconds(5), Duration.ofSeconds(8)))
        .isEqualTo(Duration.ofSeconds(13));
    for (int i = 0; i < 1_000; i++) {
      assertThat(retryAfter.after(Duration.ofSeconds(5), Duration.ofSeconds(8)))
          .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(13));
      assertThat(retryAfter.after(SECOND.minusNanos(1), SECOND.minusNanos(1)))
          .isBetween(SECOND, SECOND.multipliedBy(2));
    }
  }

  /** The greatest number each time. */
  private static final class Greatest implements RandomGenerator {
    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
