package dev.rolecall.testsupport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

final class ManualSchedulerTest {

  private final ManualTime time = new ManualTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final List<String> ran = new ArrayList<>();

  private Runnable noting(String what) {
    return () -> ran.add(what + " at " + secondsPassed());
  }

  private long secondsPassed() {
    return Duration.between(ManualTime.START, time.instant()).toSeconds();
  }

  @Test
  void pass_tasksThatFallDue_runInOrderEachAtItsTime() {
    var unused = scheduler.schedule(noting("b"), 3, SECONDS);
    unused = scheduler.schedule(noting("a"), 1, SECONDS);
    unused = scheduler.scheduleAtFixedRate(noting("p"), 2, 2, SECONDS);
    unused = scheduler.schedule(noting("later"), 6, SECONDS);
    assertThat(scheduler.waiting())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(6));

    scheduler.pass(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("a at 1", "p at 2", "b at 3", "p at 4");
    assertThat(secondsPassed()).isEqualTo(5);
    assertThat(scheduler.waiting()).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void tick_periodicTasks_runOnceAndNoTimePasses() {
    ScheduledFuture<?> cancelled = scheduler.scheduleWithFixedDelay(noting("x"), 1, 1, SECONDS);
    var unused = scheduler.scheduleWithFixedDelay(noting("p"), 5, 5, SECONDS);
    cancelled.cancel(false);

    scheduler.tick();
    scheduler.tick();

    assertThat(ran).containsExactly("p at 0", "p at 0");
    assertThat(scheduler.periods()).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void tick_aPeriodicTaskThatThrows_failsTheTest() {
    var unused =
        scheduler.scheduleAtFixedRate(
            () -> {
              throw new IllegalStateException("broken");
            },
            1,
            1,
            SECONDS);

    assertThatThrownBy(scheduler::tick)
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("broken");
  }

  @Test
  void setClock_movesTheWallClockAlone() {
    long before = time.nanos();
    time.setClock(Instant.EPOCH);
    assertThat(time.nanos()).isEqualTo(before);
    time.advance(Duration.ofSeconds(1));
    assertThat(time.nanos() - before).isEqualTo(1_000_000_000);
    assertThat(time.instant()).isEqualTo(Instant.EPOCH.plusSeconds(1));
  }
}
