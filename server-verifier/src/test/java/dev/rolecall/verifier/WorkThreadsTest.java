package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.testsupport.ManualExecutor;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import dev.rolecall.verifier.sts.FakeSts;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a verifier's work is done, and what becomes of it when there is nowhere left. */
final class WorkThreadsTest {

  private static final int WAITING = 256;

  private static final VerifierMetrics METRICS = new VerifierMetrics(OpenTelemetry.noop());

  static Stream<Arguments> made() {
    return Stream.of(
        arguments("rolecall-verifier-", (Function<WorkThreads, Executor>) WorkThreads::executor),
        arguments("rolecall-sts-", (Function<WorkThreads, Executor>) WorkThreads::carrier),
        arguments("rolecall-names-", (Function<WorkThreads, Executor>) WorkThreads::resolver));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("made")
  void shutDown_threadsEndAndLateWorkIsDoneByWhoeverBringsIt(
      String name, Function<WorkThreads, Executor> one) throws Exception {
    WorkThreads threads = WorkThreads.of(null, null, METRICS);
    CompletableFuture<Thread> working = new CompletableFuture<>();
    one.apply(threads).execute(() -> working.complete(Thread.currentThread()));
    Thread thread = working.get(10, TimeUnit.SECONDS);
    assertThat(thread.getName()).startsWith(name);
    assertThat(thread.isDaemon()).isTrue();

    threads.shutDown().run();

    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    List<Thread> ran = new ArrayList<>();
    one.apply(threads).execute(() -> ran.add(Thread.currentThread()));
    assertThat(ran).containsExactly(Thread.currentThread());
  }

  @Test
  void carrier_requestsThatWait_holdUpNoOther() throws Exception {
    WorkThreads threads = WorkThreads.of(null, null, METRICS);
    CountDownLatch allBegun = new CountDownLatch(WAITING);
    for (int i = 0; i < WAITING; i++) {
      threads
          .carrier()
          .execute(
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
    threads.shutDown().run();
  }

  @Test
  void verify_askedOnATransportsThread_isLookedUpOnTheExecutor() {
    ManualExecutor executor = new ManualExecutor();
    try (Bench bench = new Bench(builder -> builder.executor(executor))) {
      var verdict = bench.begin(Proofs.text());
      assertThat(bench.sts.requests()).isEmpty();

      bench.sts.then(FakeSts.checkout());
      executor.runAll();
      assertThat(Bench.word(Bench.done(verdict))).isEqualTo("verified");
    }
  }

  @Test
  @Tag("attack")
  void verify_executorThatRejects_isUnavailableAndGivesItsPlacesBack() {
    ManualExecutor executor = new ManualExecutor().rejecting();
    try (Bench bench = new Bench(builder -> builder.executor(executor).maxLookUps(1, 1))) {
      for (int i = 0; i < 10; i++) {
        CompletableFuture<Verification> verdict = bench.begin(Proofs.text(i));
        assertThat(Bench.word(Bench.done(verdict))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      }
      executor.accepting();
      bench.sts.then(FakeSts.checkout());
      CompletableFuture<Verification> verdict = bench.begin(Proofs.text());
      executor.runAll();
      assertThat(Bench.word(Bench.done(verdict))).isEqualTo("verified");
    }
  }
}
