package dev.rolecall.access.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The threads of a runtime, and what becomes of work when they have ended. */
final class RuntimeThreadsTest {

  private static final int WAITING = 256;

  static Stream<Arguments> made() {
    return Stream.of(
        arguments("rolecall-lookup-", (Function<RuntimeThreads, Executor>) RuntimeThreads::lookUps),
        arguments(
            "rolecall-names-",
            (Function<RuntimeThreads, Executor>) threads -> threads.newWaiters("rolecall-names-")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("made")
  void shutDown_threadsEndAndLateWorkIsDoneByWhoeverBringsIt(
      String name, Function<RuntimeThreads, Executor> one) throws Exception {
    RuntimeThreads threads = RuntimeThreads.of(null, null, null, null);
    Executor executor = one.apply(threads);
    CompletableFuture<Thread> working = new CompletableFuture<>();
    executor.execute(() -> working.complete(Thread.currentThread()));
    Thread thread = working.get(10, TimeUnit.SECONDS);
    assertThat(thread.getName()).startsWith(name);
    assertThat(thread.isDaemon()).isTrue();

    threads.close();

    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    List<Thread> ran = new ArrayList<>();
    executor.execute(() -> ran.add(Thread.currentThread()));
    assertThat(ran).containsExactly(Thread.currentThread());
  }

  @Test
  void waiters_requestsThatWait_holdUpNoOther() throws Exception {
    RuntimeThreads threads = RuntimeThreads.of(null, null, null, null);
    Executor waiters = threads.newWaiters("rolecall-carry-");
    CountDownLatch allBegun = new CountDownLatch(WAITING);
    for (int i = 0; i < WAITING; i++) {
      waiters.execute(
          () -> {
            allBegun.countDown();
            try {
              allBegun.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    assertThat(allBegun.await(10, TimeUnit.SECONDS)).isTrue();
    threads.close();
  }

  @Test
  void threadsThatAreGiven_areUsedAndLeftRunning() {
    Executor given = task -> {};
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    try {
      RuntimeThreads threads = RuntimeThreads.of(given, given, given, scheduler);
      assertThat(threads.lookUps()).isSameAs(given);
      assertThat(threads.application()).isSameAs(given);
      assertThat(threads.ends()).isSameAs(given);
      assertThat(threads.timer()).isSameAs(scheduler);
      assertThat(threads.walks()).isSameAs(scheduler);
      threads.close();
      assertThat(scheduler.isShutdown()).isFalse();
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void timers_thatAreMade_forgetWhatIsCancelledAndRunNothingAfterTheEnd() throws Exception {
    RuntimeThreads threads = RuntimeThreads.of(null, null, null, null);
    for (ScheduledExecutorService each : List.of(threads.timer(), threads.walks())) {
      ScheduledThreadPoolExecutor timer = (ScheduledThreadPoolExecutor) each;
      timer.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);
      assertThat(timer.getQueue()).isEmpty();
      assertThat(timer.getExecuteExistingDelayedTasksAfterShutdownPolicy()).isFalse();
    }
    assertThat(threads.timer()).isNotSameAs(threads.walks());
    assertThat(((ThreadPoolExecutor) threads.lookUps()).allowsCoreThreadTimeOut()).isTrue();
    threads.close();
    assertThat(threads.timer().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(threads.walks().isShutdown()).isTrue();
  }

  @Test
  void runtime_thatIsClosed_endsTheThreadsItMade() {
    AccessRuntime runtime = AccessRuntime.ofDefaults();
    assertThat(runtime.timer().isShutdown()).isFalse();
    runtime.close();
    assertThat(runtime.timer().isShutdown()).isTrue();
    assertThat(runtime.walks().isShutdown()).isTrue();
  }
}
