package dev.rolecall.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.renewal.RenewalFailure.Kind;
import dev.rolecall.renewal.RenewalFailure.Pause;
import dev.rolecall.testsupport.ManualExecutor;
import dev.rolecall.testsupport.ManualTime;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RenewingCredentialTest {

  private static final Duration STALE = Duration.ofMinutes(10);
  private static final Duration EXPIRED = Duration.ofMinutes(15).minusSeconds(30);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private final FakeFailure outage = new FakeFailure(Kind.PASSING, "away");
  private final FakeFailure noRegion = new FakeFailure(Kind.LASTING, "no region");

  private final ManualTime time = new ManualTime();
  private final FakeSource source = new FakeSource(time);
  private final ManualExecutor executor = new ManualExecutor();
  private final RenewingCredential<FakeCredential> credential =
      new RenewingCredential<>(
          source,
          new RenewalTiming(time, time::nanos, () -> 0),
          new RenewalCounter(
              OpenTelemetry.noop().getMeter("test").counterBuilder("renewals").build(),
              System.getLogger("test")));

  @Test
  void fresh_neverAsked_isAbsentAndSignsNothing() {
    assertThat(credential.fresh()).isNull();
    assertThat(source.attempts()).isZero();
  }

  @Test
  void get_first_waitsForTheExecutorAndDoesNotBlock() {
    CompletableFuture<FakeCredential> answer = credential.get(executor);

    assertThat(answer).isNotDone();
    assertThat(source.attempts()).isZero();
    executor.runAll();
    assertThat(answer).isCompleted();
    assertThat(credential.fresh()).isSameAs(answer.join());
  }

  @Test
  void get_executorWithoutAThread_failsThatCall_andTheNextOneIsServed() {
    Executor without =
        task -> {
          throw new InternalError("no further thread");
        };

    assertThat(credential.get(without)).isCompletedExceptionally();
    CompletableFuture<FakeCredential> next = credential.get(executor);
    executor.runAll();

    assertThat(next).isCompleted();
  }

  @Test
  void get_staleAndTheExecutorWithoutAThread_isOfferedToTheNext() {
    FakeCredential first = made();
    time.advance(STALE);
    Executor without =
        task -> {
          throw new InternalError("no further thread");
        };

    assertThat(credential.get(without)).isCompletedWithValue(first);
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    executor.runAll();

    assertThat(credential.fresh()).isNotNull().isNotSameAs(first);
  }

  @Test
  void get_manyWaiting_shareOneRenewal() {
    List<CompletableFuture<FakeCredential>> answers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(credential.get(executor));
    }

    executor.runAll();

    assertThat(source.attempts()).isEqualTo(1);
    FakeCredential first = answers.get(0).join();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isSameAs(first));
  }

  @Test
  void get_untilTheLastFreshMillisecond_isTheSameCredential() {
    FakeCredential first = made();

    time.advance(STALE.minus(INSTANT));

    assertThat(credential.fresh()).isSameAs(first);
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isZero();
  }

  @Test
  void get_stale_servesTheOldOneWhileOneRenewalRuns() {
    FakeCredential first = made();
    time.advance(STALE);

    assertThat(credential.fresh()).isNull();
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isEqualTo(1);

    executor.runAll();
    assertThat(source.attempts()).isEqualTo(2);
    assertThat(credential.fresh()).isNotNull().isNotEqualTo(first);
  }

  @Test
  void get_lastStaleMillisecond_stillServes() {
    FakeCredential first = made();
    time.advance(EXPIRED.minus(INSTANT));

    assertThat(credential.get(executor)).isCompletedWithValue(first);
  }

  @Test
  void get_expired_waits() {
    FakeCredential first = made();
    time.advance(EXPIRED);

    CompletableFuture<FakeCredential> answer = credential.get(executor);
    assertThat(answer).isNotDone();
    executor.runAll();
    assertThat(answer.join()).isNotSameAs(first);
  }

  @Test
  void get_expiredWhileTheStaleRenewalIsPending_waitsForThatOne() {
    made();
    time.advance(STALE);
    var unused = credential.get(executor);
    time.advance(EXPIRED.minus(STALE));

    CompletableFuture<FakeCredential> answer = credential.get(executor);
    executor.runAll();

    assertThat(answer).isCompleted();
    assertThat(source.attempts()).isEqualTo(2);
  }

  @Test
  void get_clockSetBackAfterwards_renews() {
    made();
    time.setClock(ManualTime.START.minusSeconds(3600));

    assertThat(credential.fresh()).isNull();
    CompletableFuture<FakeCredential> answer = credential.get(executor);
    executor.runAll();

    assertThat(answer.join().begin()).isEqualTo("2026-11-21T21:18:45Z");
    assertThat(credential.fresh()).isNotNull();
  }

  @Test
  void get_staleAndRenewalFails_keepsServingAndRetriesAfterThePause() {
    FakeCredential first = made();
    source.fail(outage);
    time.advance(STALE);
    var unused = credential.get(executor);
    executor.runAll();
    assertThat(source.attempts()).isEqualTo(2);

    time.advance(Duration.ofSeconds(1).minusNanos(1));
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isZero();

    time.advance(INSTANT);
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isEqualTo(1);
    executor.runAll();
    assertThat(source.attempts()).isEqualTo(3);

    // The second pause is twice the first.
    time.advance(Duration.ofSeconds(2).minusNanos(1));
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isZero();
  }

  @Test
  void get_staleRenewalsFailUntilItExpires_thenCallsFail() {
    made();
    source.fail(outage);
    time.advance(EXPIRED);

    CompletableFuture<FakeCredential> answer = credential.get(executor);
    executor.runAll();

    assertThat(answer).isCompletedExceptionally();
  }

  @Test
  void get_failed_isRememberedForThePauseAlone() {
    source.fail(noRegion);
    CompletableFuture<FakeCredential> first = credential.get(executor);
    executor.runAll();
    assertThat(first.handle((done, failure) -> failure).join()).isSameAs(noRegion);

    for (int i = 0; i < 1_000; i++) {
      assertThat(credential.get(executor)).isCompletedExceptionally();
    }
    assertThat(executor.pending()).isZero();

    source.fail(null);
    time.advance(Duration.ofSeconds(1));
    CompletableFuture<FakeCredential> later = credential.get(executor);
    executor.runAll();
    assertThat(later).isCompleted();
    assertThat(source.attempts()).isEqualTo(2);
  }

  @Test
  void get_failureWhileClockIsSetBack_isNotRememberedLonger() {
    source.fail(noRegion);
    var unused = credential.get(executor);
    executor.runAll();
    time.advance(Duration.ofSeconds(1));
    time.setClock(ManualTime.START.minusSeconds(86_400));

    assertThat(credential.get(executor)).isNotDone();
  }

  @Test
  void get_runtimeExceptionOrError_failsThoseWhoWait() {
    for (Throwable thrown :
        List.of(new IllegalStateException("s3cret"), new LinkageError("s3cret"))) {
      source.fail(thrown);
      CompletableFuture<FakeCredential> answer = credential.get(executor);
      executor.runAll();

      assertThat(answer.handle((done, failure) -> failure).join())
          .isInstanceOf(FakeFailure.class)
          .hasMessageContaining(thrown.getClass().getSimpleName())
          .hasMessageNotContaining("s3cret")
          .hasNoCause();
      time.advance(Duration.ofSeconds(8));
    }
  }

  @Test
  void get_executorRefuses_failsThatCallAlone() {
    CompletableFuture<FakeCredential> waiting = credential.get(executor);
    CompletableFuture<FakeCredential> refused = credential.get(new ManualExecutor().rejecting());

    assertThat(refused).isCompletedExceptionally();
    assertThat(waiting).isNotDone();
    executor.runAll();
    assertThat(waiting).isCompleted();
  }

  @Test
  void get_firstExecutorRefuses_theNextOneRenews() {
    assertThat(credential.get(new ManualExecutor().rejecting())).isCompletedExceptionally();

    CompletableFuture<FakeCredential> answer = credential.get(executor);
    executor.runAll();

    assertThat(answer).isCompleted();
  }

  @Test
  void get_firstExecutorNeverRuns_anotherCallsExecutorRenewsForBoth() {
    CompletableFuture<FakeCredential> stuck = credential.get(new ManualExecutor());
    CompletableFuture<FakeCredential> answer = credential.get(executor);
    executor.runAll();

    assertThat(answer).isCompleted();
    assertThat(stuck).isCompletedWithValue(answer.join());
  }

  @Test
  void get_offeredToTwoExecutors_isRunOnce() {
    ManualExecutor other = new ManualExecutor();
    var first = credential.get(executor);
    var second = credential.get(other);

    executor.runAll();
    other.runAll();

    assertThat(source.attempts()).isEqualTo(1);
    assertThat(first.join()).isSameAs(second.join());
  }

  @Test
  void get_staleAndExecutorRefuses_servesAndOffersAgain() {
    FakeCredential first = made();
    time.advance(STALE);

    assertThat(credential.get(new ManualExecutor().rejecting())).isCompletedWithValue(first);
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isEqualTo(1);
  }

  @Test
  void get_directExecutor_isDoneOnReturn() {
    assertThat(credential.get(Runnable::run)).isCompleted();
    assertThat(source.attempts()).isEqualTo(1);
  }

  @Test
  void get_calledBackWhileOthersNeedTheLock_holdsNone() throws Exception {
    CompletableFuture<FakeCredential> answer = credential.get(executor);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      // The callback asks another thread to go through the lock and waits for it.
      CompletableFuture<Boolean> passed =
          answer.thenApply(
              made -> {
                Future<Boolean> lapsed = other.submit(credential::isLapsed);
                try {
                  return lapsed.get(2, TimeUnit.MINUTES);
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      executor.runAll();
      assertThat(passed).isCompletedWithValue(false);
    } finally {
      other.shutdownNow();
      assertThat(other.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void get_64ThreadsAtOnce_makeOne() throws Exception {
    int threads = 64;
    CyclicBarrier start = new CyclicBarrier(threads);
    CountDownLatch done = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<FakeCredential>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(
            pool.submit(
                () -> {
                  start.await(2, TimeUnit.MINUTES);
                  return credential
                      .get(Runnable::run)
                      .whenComplete((made, failure) -> done.countDown())
                      .get(2, TimeUnit.MINUTES);
                }));
      }
      assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
      FakeCredential first = answers.get(0).get();
      for (Future<FakeCredential> answer : answers) {
        assertThat(answer.get()).isSameAs(first);
      }
      assertThat(source.attempts()).isEqualTo(1);
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void isLapsed_onlyWhenExpiredAndNobodyRenews() {
    assertThat(credential.isLapsed()).isFalse();
    made();
    time.advance(EXPIRED.minus(INSTANT));
    assertThat(credential.isLapsed()).isFalse();
    time.advance(INSTANT);
    assertThat(credential.isLapsed()).isTrue();

    var unused = credential.get(executor);
    assertThat(credential.isLapsed()).isFalse();
  }

  @Test
  void get_stageThatEndsLater_letsAllWaitForIt() {
    CompletableFuture<FakeCredential> stage = new CompletableFuture<>();
    source.answer(stage);
    var first = credential.get(Runnable::run);
    var second = credential.get(Runnable::run);
    assertThat(first).isNotDone();

    stage.complete(FakeCredential.of(7, time.instant()));

    assertThat(source.attempts()).isEqualTo(1);
    assertThat(first.join()).isSameAs(second.join()).isSameAs(credential.fresh());
  }

  @Test
  void get_stageThatFails_failsWithItsOwnFailure() {
    source.answer(CompletableFuture.<FakeCredential>failedFuture(outage).thenApply(made -> made));

    assertThat(credential.get(Runnable::run).handle((made, failure) -> failure).join())
        .isSameAs(outage);
  }

  @Test
  void get_stageWithoutACredential_isADefect() {
    source.answer(CompletableFuture.completedFuture(null));

    assertThat(credential.get(Runnable::run).handle((made, failure) -> failure).join())
        .isInstanceOfSatisfying(
            FakeFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.DEFECT));
  }

  @Test
  void get_failureThatAsksForAPause_isNotTriedAgainBefore() {
    source.fail(
        new FakeFailure(
            Kind.PASSING, "busy", new Pause(Duration.ofSeconds(20), Duration.ofSeconds(60))));
    var unused = credential.get(Runnable::run);
    source.fail(null);

    time.advance(Duration.ofSeconds(20).minusNanos(1));
    assertThat(credential.get(Runnable::run)).isCompletedExceptionally();
    time.advance(Duration.ofNanos(1));
    assertThat(credential.get(Runnable::run)).isCompleted();
  }

  @Test
  void refused_fresh_isUsedWhileTheNextCallRenews() {
    FakeCredential first = made();
    credential.refused(first);

    assertThat(credential.fresh()).isNull();
    assertThat(credential.get(executor)).isCompletedWithValue(first);
    executor.runAll();

    assertThat(source.attempts()).isEqualTo(2);
    assertThat(credential.fresh()).isNotNull().isNotSameAs(first);
  }

  @Test
  void refused_twice_renewsOnce() {
    FakeCredential first = made();
    credential.refused(first);
    FakeCredential second = renewed();
    credential.refused(first);
    assertThat(credential.fresh()).isSameAs(second);

    // Another server refuses the new one within the minute.
    credential.refused(second);
    assertThat(credential.fresh()).isSameAs(second);
    time.advance(Duration.ofMinutes(1).minus(INSTANT));
    credential.refused(second);
    assertThat(credential.fresh()).isSameAs(second);
    time.advance(INSTANT);
    credential.refused(second);
    assertThat(credential.fresh()).isNull();
  }

  @Test
  void refused_renewalFails_keepsServing() {
    FakeCredential first = made();
    credential.refused(first);
    source.fail(outage);

    assertThat(credential.get(Runnable::run)).isCompletedWithValue(first);
    assertThat(credential.get(Runnable::run)).isCompletedWithValue(first);
    assertThat(source.attempts()).isEqualTo(2);
  }

  private FakeCredential made() {
    return credential.get(Runnable::run).join();
  }

  private FakeCredential renewed() {
    var unused = credential.get(Runnable::run);
    return credential.get(Runnable::run).join();
  }
}
