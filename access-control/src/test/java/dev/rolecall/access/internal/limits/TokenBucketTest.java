package dev.rolecall.access.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of permits, to the nanosecond. */
final class TokenBucketTest {

  private static final TokenBucket.Rate FOUR_A_SECOND = new TokenBucket.Rate(4, 3);
  private static final long QUARTER = Duration.ofMillis(250).toNanos();

  private final AtomicLong nanos = new AtomicLong(1_000);
  private final TokenBucket bucket = new TokenBucket(FOUR_A_SECOND, nanos::get);

  @Test
  void tryTake_fullBucket_givesItsBurstAndNoMore() {
    assertThat(takeAll()).isEqualTo(3);
  }

  @Test
  void tryTake_emptied_givesOneWhenItsTimeIsUpAndNotBefore() {
    takeAll();

    nanos.addAndGet(QUARTER - 1);
    assertThat(bucket.tryTake()).isFalse();

    nanos.addAndGet(1);
    assertThat(bucket.tryTake()).isTrue();
    assertThat(bucket.tryTake()).isFalse();
  }

  @Test
  void tryTake_afterALongRest_givesTheBurstAlone() {
    takeAll();
    nanos.addAndGet(Duration.ofDays(1).toNanos());

    assertThat(takeAll()).isEqualTo(3);
  }

  @Test
  void tryTake_asOftenAsCanBe_givesTheBurstAndTheRate() {
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      taken += takeAll();
      nanos.addAndGet(Duration.ofMillis(1).toNanos());
    }
    // Ten seconds less a millisecond.
    assertThat(taken).isEqualTo(3 + 39);
  }

  @Test
  void has_emptied_isFalseUntilOneIsBack() {
    assertThat(bucket.has()).isTrue();
    takeAll();
    assertThat(bucket.has()).isFalse();

    nanos.addAndGet(QUARTER - 1);
    assertThat(bucket.has()).isFalse();

    nanos.addAndGet(1);
    assertThat(bucket.has()).isTrue();
  }

  @Test
  void giveBack_emptied_givesItAgain() {
    takeAll();
    bucket.giveBack();

    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void giveBack_fullBucket_holdsNoMoreThanItCan() {
    for (int i = 0; i < 10; i++) {
      bucket.giveBack();
    }

    assertThat(takeAll()).isEqualTo(3);
  }

  @Test
  void lacks_countsWhatIsNotBackYet() {
    assertThat(bucket.lacks(1)).isFalse();
    bucket.tryTake();
    assertThat(bucket.lacks(1)).isTrue();
    assertThat(bucket.lacks(2)).isFalse();
    bucket.tryTake();
    assertThat(bucket.lacks(2)).isTrue();

    nanos.addAndGet(QUARTER);
    assertThat(bucket.lacks(2)).isFalse();
    bucket.giveBack();
    assertThat(bucket.lacks(1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void tryTake_tickerThatWraps_isTheSame(long start) {
    nanos.set(start);
    TokenBucket wrapping = new TokenBucket(FOUR_A_SECOND, nanos::get);
    for (int i = 0; i < 3; i++) {
      assertThat(wrapping.tryTake()).isTrue();
    }
    assertThat(wrapping.tryTake()).isFalse();
    nanos.addAndGet(QUARTER);
    assertThat(wrapping.tryTake()).isTrue();
    assertThat(wrapping.tryTake()).isFalse();
  }

  @Test
  void rate_outOfRange_isRefused() {
    assertThatThrownBy(() -> new TokenBucket.Rate(0, 1))
        .hasMessage("perSecond: 0 (expected: at least 1)");
    assertThatThrownBy(() -> new TokenBucket.Rate(1, 0))
        .hasMessage("burst: 0 (expected: at least 1)");
  }

  private int takeAll() {
    int taken = 0;
    while (bucket.tryTake()) {
      taken++;
    }
    return taken;
  }
}
