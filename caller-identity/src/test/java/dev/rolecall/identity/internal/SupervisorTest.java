package dev.rolecall.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SupervisorTest {

  private final List<String> counted = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final Supervisor supervisor = new Supervisor(new FailingLogger(), counted::add);

  @Test
  void run_actionThatThrowsAnError_isCountedAndThrowsNothing() {
    supervisor.run("walk", SupervisorTest::fail);

    assertThat(counted).containsExactly("walk");
  }

  @Test
  void runAll_actionThatThrows_runsThoseAfterItAndEachOnce() {
    Queue<Runnable> actions =
        new ArrayDeque<>(
            List.of(() -> done.add("first"), SupervisorTest::fail, () -> done.add("last")));

    supervisor.runAll("close", actions);
    supervisor.runAll("close", actions);

    assertThat(done).containsExactly("first", "last");
    assertThat(counted).containsExactly("close");
  }

  @Test
  void caught_counterThatThrows_throwsNothing() {
    new Supervisor(new FailingLogger(), task -> fail()).caught("walk", new OutOfMemoryError());

    assertThat(counted).isEmpty();
  }

  @Test
  void execute_executorThatRejects_runsHereAndCountsNothing() {
    supervisor.execute(
        task -> {
          throw new RejectedExecutionException();
        },
        "end",
        () -> done.add("here"));

    assertThat(done).containsExactly("here");
    assertThat(counted).isEmpty();
  }

  @Test
  void execute_executorWithoutAThread_runsHereAndCountsIt() {
    supervisor.execute(task -> fail(), "end", () -> done.add("here"));

    assertThat(done).containsExactly("here");
    assertThat(counted).containsExactly("end");
  }

  @Test
  void execute_executorThatRunsAndThrows_runsOnce() {
    Executor both =
        task -> {
          task.run();
          task.run();
          fail();
        };

    supervisor.execute(both, "end", () -> done.add("there"));

    assertThat(done).containsExactly("there");
  }

  @Test
  void executeOr_executorThatRejects_runsTheOtherAction() {
    supervisor.executeOr(
        task -> {
          throw new RejectedExecutionException();
        },
        "start",
        () -> done.add("action"),
        () -> done.add("instead"));

    assertThat(done).containsExactly("instead");
  }

  @Test
  void offer_executorThatTakesTheTask_isTrueAndRunsIt() {
    assertThat(supervisor.offer(Runnable::run, "start", () -> done.add("action"))).isTrue();

    assertThat(done).containsExactly("action");
  }

  @Test
  void offer_executorThatRejects_isFalseAndRunsNothing() {
    Executor full =
        task -> {
          throw new RejectedExecutionException();
        };

    assertThat(supervisor.offer(full, "start", () -> done.add("action"))).isFalse();

    assertThat(done).isEmpty();
    assertThat(counted).isEmpty();
  }

  @Test
  void offer_executorThatRunsTheTaskAndThrows_isTrueAndCountsTheError() {
    Executor both =
        task -> {
          task.run();
          fail();
        };

    assertThat(supervisor.offer(both, "start", () -> done.add("action"))).isTrue();

    assertThat(done).containsExactly("action");
    assertThat(counted).containsExactly("start");
  }

  @Test
  void orHere_executorThatRejects_runsHere() {
    Executor orHere =
        supervisor.orHere(
            task -> {
              throw new RejectedExecutionException();
            },
            "end");

    orHere.execute(() -> done.add("here"));

    assertThat(done).containsExactly("here");
  }

  @Test
  void every_actionThatThrowsErrors_comesAgain() throws InterruptedException {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    CountDownLatch thrice = new CountDownLatch(3);
    try {
      var unused =
          supervisor.every(
              Duration.ofMillis(1),
              scheduler,
              "walk",
              () -> {
                thrice.countDown();
                fail();
              });

      assertThat(thrice.await(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void write_loggerThatThrows_throwsNothing() {
    DefectLog log = new DefectLog(new FailingLogger());

    log.write(new IllegalStateException());

    assertThat(log.unwritten()).isEqualTo(1);
  }

  private static void fail() {
    throw new OutOfMemoryError("unable to create native thread");
  }
}
