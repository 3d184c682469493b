package dev.rolecall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EndTimerTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MILLI = Duration.ofMillis(1);

  private final ManualTime time = new ManualTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final AccessRuntime runtime =
      AccessRuntime.builder().clock(time).ticker(time::nanos).scheduler(scheduler).build();
  private final List<Long> walks = new ArrayList<>();
  private final long start = time.nanos();
  private Duration walkTakes = Duration.ZERO;
  private final EndTimer timer = new EndTimer(runtime, this::walk);

  @AfterEach
  void close() {
    timer.close();
    runtime.close();
    scheduler.close();
  }

  private void walk() {
    walks.add(TimeUnit.NANOSECONDS.toMillis(time.nanos() - start));
    time.advance(walkTakes);
  }

  private void expectIn(Duration wait) {
    timer.expect(time.nanos() + wait.toNanos());
  }

  @Test
  void expect_severalEnds_walksAtTheFirst() {
    expectIn(SECOND.multipliedBy(3));
    expectIn(SECOND);
    expectIn(SECOND.multipliedBy(2));
    assertThat(scheduler.waiting()).containsExactly(SECOND);
    scheduler.pass(SECOND.multipliedBy(4));

    assertThat(walks).containsExactly(1_000L);
  }

  @Test
  void expect_noEnd_setsNothing() {
    timer.expect(Holding.NEVER);

    assertThat(scheduler.waiting()).isEmpty();
  }

  @Test
  void expect_endsCloseTogether_restsBetweenTheWalks() {
    expectIn(SECOND);
    scheduler.pass(SECOND);
    for (int i = 0; i < 50; i++) {
      expectIn(MILLI);
      scheduler.pass(MILLI);
    }

    assertThat(walks).containsExactly(1_000L, 1_020L, 1_040L);
  }

  @Test
  void expect_walkThatTakesLong_restsLongerAndNeverTooLong() {
    walkTakes = Duration.ofMillis(10);
    expectIn(SECOND);
    scheduler.pass(SECOND);
    expectIn(MILLI);
    scheduler.pass(SECOND);
    assertThat(walks).containsExactly(1_000L, 1_050L);

    walkTakes = Duration.ofMillis(500);
    expectIn(MILLI);
    scheduler.pass(SECOND);
    long ended = TimeUnit.NANOSECONDS.toMillis(time.nanos() - start);
    expectIn(MILLI);
    scheduler.pass(SECOND);
    assertThat(walks.get(3)).isLessThanOrEqualTo(ended + 60);
  }

  @Test
  void expect_endThatIsPast_walksAtOnce() {
    expectIn(SECOND.negated());
    scheduler.pass(Duration.ZERO);

    assertThat(walks).containsExactly(0L);
  }

  @Test
  void expect_afterTheClose_setsNothing() {
    expectIn(SECOND);
    timer.close();
    expectIn(MILLI);
    scheduler.pass(SECOND.multipliedBy(2));

    assertThat(walks).isEmpty();
  }

  @Test
  void expect_schedulerThatRefusesOnce_isAskedAgainForTheNextEnd() {
    List<Runnable> taken = new ArrayList<>();
    List<RejectedExecutionException> refusals = new ArrayList<>();
    refusals.add(new RejectedExecutionException("the test's"));
    try (ClosingScheduler refusing = new ClosingScheduler(refusals, taken);
        AccessRuntime other =
            AccessRuntime.builder().ticker(time::nanos).scheduler(refusing).build()) {
      EndTimer unlucky = new EndTimer(other, this::walk);
      unlucky.expect(time.nanos() + 1_000);
      assertThat(taken).isEmpty();
      unlucky.expect(time.nanos() + 2_000);
      taken.forEach(Runnable::run);

      assertThat(walks).hasSize(1);
    }
  }

  private static final class ClosingScheduler extends ScheduledThreadPoolExecutor
      implements AutoCloseable {
    private final List<RejectedExecutionException> refusals;
    private final List<Runnable> taken;

    ClosingScheduler(List<RejectedExecutionException> refusals, List<Runnable> taken) {
      super(1);
      this.refusals = refusals;
      this.taken = taken;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      if (!refusals.isEmpty()) {
        throw refusals.remove(0);
      }
      taken.add(task);
      return super.schedule(() -> {}, delay, unit);
    }

    @Override
    public void close() {
      shutdownNow();
    }
  }
}
