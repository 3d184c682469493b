package dev.rolecall.client;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.testsupport.ManualExecutor;
import dev.rolecall.testsupport.ManualTime;
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

final class RenewingProofTest {

  private static final Duration STALE = Duration.ofMinutes(10);
  private static final Duration EXPIRED = Duration.ofMinutes(15).minusSeconds(30);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private final ProofUnavailableException outage = ProofFailure.rejected();
  private final ProofUnavailableException noRegion = ProofFailure.noRegion();

  private final ManualTime time = new ManualTime();
  private final FakeSigning signing = new FakeSigning(time);
  private final ManualExecutor executor = new ManualExecutor();
  private final RenewingProof proof =
      new RenewingProof(
          signing,
          new RenewingProof.Timing(time, time::nanos, () -> 0),
          new Supervisor(System.getLogger("test"), task -> {}));

  @Test
  void fresh_neverAsked_isAbsentAndSignsNothing() {
    assertThat(proof.fresh()).isNull();
    assertThat(signing.attempts()).isZero();
  }

  @Test
  void get_first_waitsForTheExecutorAndBlocksNobody() {
    CompletableFuture<SignedProof> answer = proof.get(executor);

    assertThat(answer).isNotDone();
    assertThat(signing.attempts()).isZero();
    executor.runAll();
    assertThat(answer).isCompleted();
    assertThat(proof.fresh()).isSameAs(answer.join());
  }

  @Test
  void get_executorWithoutAThread_failsThatCall_andTheNextOneIsServed() {
    Executor without =
        task -> {
          throw new InternalError("no further thread");
        };

    assertThat(proof.get(without)).isCompletedExceptionally();
    CompletableFuture<SignedProof> next = proof.get(executor);
    executor.runAll();

    assertThat(next).isCompleted();
  }

  @Test
  void get_staleAndTheExecutorWithoutAThread_isOfferedToTheNext() {
    SignedProof first = signed();
    time.advance(STALE);
    Executor without =
        task -> {
          throw new InternalError("no further thread");
        };

    assertThat(proof.get(without)).isCompletedWithValue(first);
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    executor.runAll();

    assertThat(proof.fresh()).isNotNull().isNotSameAs(first);
  }

  @Test
  void get_manyWaiting_shareOneRenewal() {
    List<CompletableFuture<SignedProof>> answers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(proof.get(executor));
    }

    executor.runAll();

    assertThat(signing.attempts()).isEqualTo(1);
    SignedProof first = answers.get(0).join();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isSameAs(first));
  }

  @Test
  void get_untilTheLastFreshMillisecond_isTheSameProof() {
    SignedProof first = signed();

    time.advance(STALE.minus(INSTANT));

    assertThat(proof.fresh()).isSameAs(first);
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isZero();
  }

  @Test
  void get_stale_servesTheOldOneWhileOneRenewalRuns() {
    SignedProof first = signed();
    time.advance(STALE);

    assertThat(proof.fresh()).isNull();
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isEqualTo(1);

    executor.runAll();
    assertThat(signing.attempts()).isEqualTo(2);
    assertThat(requireNonNull(proof.fresh()).proof()).isNotEqualTo(first.proof());
  }

  @Test
  void get_lastStaleMillisecond_stillServes() {
    SignedProof first = signed();
    time.advance(EXPIRED.minus(INSTANT));

    assertThat(proof.get(executor)).isCompletedWithValue(first);
  }

  @Test
  void get_expired_waits() {
    SignedProof first = signed();
    time.advance(EXPIRED);

    CompletableFuture<SignedProof> answer = proof.get(executor);
    assertThat(answer).isNotDone();
    executor.runAll();
    assertThat(answer.join()).isNotSameAs(first);
  }

  @Test
  void get_expiredWhileTheStaleRenewalIsPending_waitsForThatOne() {
    signed();
    time.advance(STALE);
    var unused = proof.get(executor);
    time.advance(EXPIRED.minus(STALE));

    CompletableFuture<SignedProof> answer = proof.get(executor);
    executor.runAll();

    assertThat(answer).isCompleted();
    assertThat(signing.attempts()).isEqualTo(2);
  }

  @Test
  void get_clockSetBackAfterSigning_signsAgain() {
    signed();
    time.setClock(ManualTime.START.minusSeconds(3600));

    assertThat(proof.fresh()).isNull();
    CompletableFuture<SignedProof> answer = proof.get(executor);
    executor.runAll();

    assertThat(answer.join().proof().amzDate()).isEqualTo("20261121T211845Z");
    assertThat(proof.fresh()).isNotNull();
  }

  @Test
  void get_staleAndRenewalFails_keepsServingAndRetriesAfterThePause() {
    SignedProof first = signed();
    signing.fail(outage);
    time.advance(STALE);
    var unused = proof.get(executor);
    executor.runAll();
    assertThat(signing.attempts()).isEqualTo(2);

    time.advance(Duration.ofSeconds(1).minusNanos(1));
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isZero();

    time.advance(INSTANT);
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isEqualTo(1);
    executor.runAll();
    assertThat(signing.attempts()).isEqualTo(3);

    // The second pause is twice the first.
    time.advance(Duration.ofSeconds(2).minusNanos(1));
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isZero();
  }

  @Test
  void get_staleRenewalsFailUntilItExpires_thenCallsFail() {
    signed();
    signing.fail(outage);
    time.advance(EXPIRED);

    CompletableFuture<SignedProof> answer = proof.get(executor);
    executor.runAll();

    assertThat(answer).isCompletedExceptionally();
  }

  @Test
  void get_failed_isRememberedForThePauseAlone() {
    signing.fail(noRegion);
    CompletableFuture<SignedProof> first = proof.get(executor);
    executor.runAll();
    assertThat(first.handle((done, failure) -> failure).join()).isSameAs(noRegion);

    for (int i = 0; i < 1_000; i++) {
      assertThat(proof.get(executor)).isCompletedExceptionally();
    }
    assertThat(executor.pending()).isZero();

    signing.fail(null);
    time.advance(Duration.ofSeconds(1));
    CompletableFuture<SignedProof> later = proof.get(executor);
    executor.runAll();
    assertThat(later).isCompleted();
    assertThat(signing.attempts()).isEqualTo(2);
  }

  @Test
  void get_failureWhileClockIsSetBack_isNotRememberedLonger() {
    signing.fail(noRegion);
    var unused = proof.get(executor);
    executor.runAll();
    time.advance(Duration.ofSeconds(1));
    time.setClock(ManualTime.START.minusSeconds(86_400));

    assertThat(proof.get(executor)).isNotDone();
  }

  @Test
  void get_runtimeExceptionOrError_failsThoseWhoWait() {
    for (Throwable thrown :
        List.of(new IllegalStateException("s3cret"), new LinkageError("s3cret"))) {
      signing.fail(thrown);
      CompletableFuture<SignedProof> answer = proof.get(executor);
      executor.runAll();

      assertThat(answer.handle((done, failure) -> failure).join())
          .isInstanceOf(ProofUnavailableException.class)
          .hasMessageContaining(thrown.getClass().getSimpleName())
          .hasMessageNotContaining("s3cret")
          .hasNoCause();
      time.advance(Duration.ofSeconds(8));
    }
  }

  @Test
  void get_executorRefuses_failsThatCallAlone() {
    CompletableFuture<SignedProof> waiting = proof.get(executor);
    CompletableFuture<SignedProof> refused = proof.get(new ManualExecutor().rejecting());

    assertThat(refused).isCompletedExceptionally();
    assertThat(waiting).isNotDone();
    executor.runAll();
    assertThat(waiting).isCompleted();
  }

  @Test
  void get_firstExecutorRefuses_theNextOneRenews() {
    assertThat(proof.get(new ManualExecutor().rejecting())).isCompletedExceptionally();

    CompletableFuture<SignedProof> answer = proof.get(executor);
    executor.runAll();

    assertThat(answer).isCompleted();
  }

  @Test
  void get_firstExecutorNeverRuns_anotherCallsExecutorRenewsForBoth() {
    CompletableFuture<SignedProof> stuck = proof.get(new ManualExecutor());
    CompletableFuture<SignedProof> answer = proof.get(executor);
    executor.runAll();

    assertThat(answer).isCompleted();
    assertThat(stuck).isCompletedWithValue(answer.join());
  }

  @Test
  void get_offeredToTwoExecutors_isRunOnce() {
    ManualExecutor other = new ManualExecutor();
    var first = proof.get(executor);
    var second = proof.get(other);

    executor.runAll();
    other.runAll();

    assertThat(signing.attempts()).isEqualTo(1);
    assertThat(first.join()).isSameAs(second.join());
  }

  @Test
  void get_staleAndExecutorRefuses_servesAndOffersAgain() {
    SignedProof first = signed();
    time.advance(STALE);

    assertThat(proof.get(new ManualExecutor().rejecting())).isCompletedWithValue(first);
    assertThat(proof.get(executor)).isCompletedWithValue(first);
    assertThat(executor.pending()).isEqualTo(1);
  }

  @Test
  void get_directExecutor_isDoneOnReturn() {
    assertThat(proof.get(Runnable::run)).isCompleted();
    assertThat(signing.attempts()).isEqualTo(1);
  }

  @Test
  void get_calledBackWhileOthersNeedTheLock_holdsNone() throws Exception {
    CompletableFuture<SignedProof> answer = proof.get(executor);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      // The callback asks another thread to go through the lock and waits for it.
      CompletableFuture<Boolean> passed =
          answer.thenApply(
              signed -> {
                Future<Boolean> lapsed = other.submit(proof::isLapsed);
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
  void get_64ThreadsAtOnce_signOnce() throws Exception {
    int threads = 64;
    CyclicBarrier start = new CyclicBarrier(threads);
    CountDownLatch done = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<SignedProof>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(
            pool.submit(
                () -> {
                  start.await(2, TimeUnit.MINUTES);
                  return proof
                      .get(Runnable::run)
                      .whenComplete((signed, failure) -> done.countDown())
                      .get(2, TimeUnit.MINUTES);
                }));
      }
      assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
      SignedProof first = answers.get(0).get();
      for (Future<SignedProof> answer : answers) {
        assertThat(answer.get()).isSameAs(first);
      }
      assertThat(signing.attempts()).isEqualTo(1);
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  void isLapsed_onlyWhenExpiredAndNobodyRenews() {
    assertThat(proof.isLapsed()).isFalse();
    signed();
    time.advance(EXPIRED.minus(INSTANT));
    assertThat(proof.isLapsed()).isFalse();
    time.advance(INSTANT);
    assertThat(proof.isLapsed()).isTrue();

    var unused = proof.get(executor);
    assertThat(proof.isLapsed()).isFalse();
  }

  private SignedProof signed() {
    return proof.get(Runnable::run).join();
  }
}
