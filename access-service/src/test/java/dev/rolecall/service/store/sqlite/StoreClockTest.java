package dev.rolecall.service.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StoreClockTest {

  private static final long START = 1_700_000_000_000L;

  private final HeldUp time = new HeldUp();
  private final StoreClock clock = new StoreClock(time, () -> time.ticks, 0);

  /** A wall clock and a ticker, and a thread that is held up after it has read either. */
  private static final class HeldUp extends Clock {

    private long millis = START;
    private long ticks;
    private long heldUpMillis;

    void pass(long amount) {
      millis += amount;
      ticks += Duration.ofMillis(amount).toNanos();
    }

    long ticks() {
      long read = ticks;
      pass(heldUpMillis);
      return read;
    }

    @Override
    public long millis() {
      long read = millis;
      pass(heldUpMillis);
      return read;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void time_ofAThreadThatIsHeldUp_isNeverAheadOfTheWallClock() {
    StoreClock heldUp = new StoreClock(time, time::ticks, 0);
    time.pass(10);
    time.heldUpMillis = 30;
    long during = heldUp.millis();
    time.heldUpMillis = 0;

    assertThat(during).isLessThanOrEqualTo(time.millis);
    assertThat(heldUp.millis()).isEqualTo(time.millis);
    time.pass(5);
    assertThat(heldUp.millis()).isEqualTo(time.millis);
  }

  @Test
  void time_whileTheWallClockIsSetBack_goesOnByTheTicker() {
    time.pass(100);
    assertThat(clock.millis()).isEqualTo(START + 100);
    time.millis -= 50_000;

    assertThat(clock.millis()).isEqualTo(START + 100);
    time.pass(7);
    assertThat(clock.millis()).isEqualTo(START + 107);
  }

  @Test
  void time_thatTheStoreHasKept_isNotGoneBackBehind() {
    StoreClock reopened = new StoreClock(time, time::ticks, START + 9_000);

    time.pass(1);

    assertThat(reopened.millis()).isEqualTo(START + 9_001);
  }
}
