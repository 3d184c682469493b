package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.verifier.sts.FakeSts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a verifier's work is done, and what becomes of it when there is nowhere left. */
final class WorkThreadsTest {

  private static final int TASKS = 1_000;

  private final WorkThreads threads = WorkThreads.of(null, null);

  @Test
  void carrier_allItsThreadsWaiting_getsPastThem() throws Exception {
    CountDownLatch resolved = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try {
      for (int i = 0; i < 4; i++) {
        threads.carrier().execute(() -> await(resolved));
      }
      // Those behind them fill the queue, which makes room for more threads.
      for (int i = 0; i < 200; i++) {
        threads.carrier().execute(done::countDown);
      }
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      resolved.countDown();
      threads.shutDown().run();
    }
  }

  @Test
  @Tag("attack")
  void carrier_moreThanThereIsRoomFor_rejectsNothingAndIsBounded() throws Exception {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch resolved = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(TASKS);
    Runnable waiting =
        () -> {
          seen.add(Thread.currentThread());
          await(resolved);
          done.countDown();
        };
    Thread bringing =
        new Thread(
            () -> {
              for (int i = 0; i < TASKS; i++) {
                threads.carrier().execute(waiting);
              }
            });
    bringing.start();
    try {
      while (!seen.contains(bringing)) {
        Thread.onSpinWait();
      }
    } finally {
      resolved.countDown();
      bringing.join();
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      threads.shutDown().run();
    }
    seen.remove(bringing);
    assertThat(seen)
        .hasSize(64)
        .allMatch(thread -> thread.isDaemon() && thread.getName().startsWith("rolecall-sts-"));
  }

  @Test
  void shutDown_threadsEndAndLateWorkIsDoneByWhoeverBringsIt() throws Exception {
    CompletableFuture<Thread> carrying = new CompletableFuture<>();
    threads.carrier().execute(() -> carrying.complete(Thread.currentThread()));
    Thread carrier = carrying.get(10, TimeUnit.SECONDS);

    threads.shutDown().run();

    carrier.join(10_000);
    assertThat(carrier.isAlive()).isFalse();
    List<Thread> ran = new ArrayList<>();
    threads.carrier().execute(() -> ran.add(Thread.currentThread()));
    assertThat(ran).containsExactly(Thread.currentThread());
  }

  @Test
  void verify_askedOnATransportsThread_isLookedUpOnTheExecutor() {
    List<Runnable> handedOver = new ArrayList<>();
    try (Bench bench = new Bench(builder -> builder.executor(handedOver::add))) {
      var verdict = bench.begin(Proofs.text());
      assertThat(bench.sts.requests()).isEmpty();

      bench.sts.then(FakeSts.checkout());
      while (!handedOver.isEmpty()) {
        handedOver.remove(0).run();
      }
      assertThat(Bench.word(Bench.done(verdict))).isEqualTo("verified");
    }
  }

  @Test
  @Tag("attack")
  void verify_executorThatRejects_isUnavailableAndGivesItsPlacesBack() {
    Rejecting executor = new Rejecting();
    try (Bench bench = new Bench(builder -> builder.executor(executor).maxLookUps(1, 1))) {
      for (int i = 0; i < 10; i++) {
        CompletableFuture<Verification> verdict = bench.begin(Proofs.text(i));
        assertThat(Bench.word(Bench.done(verdict))).isEqualTo("unavailable STS_UNAVAILABLE");
      }
      executor.rejects = false;
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As one that its owner has shut down. */
  private static final class Rejecting implements Executor {

    private boolean rejects = true;

    @Override
    public void execute(Runnable task) {
      if (rejects) {
        throw new RejectedExecutionException("shut down");
      }
      task.run();
    }
  }
}
