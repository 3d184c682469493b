package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.limits.Asker;
import dev.rolecall.verifier.limits.LookUpLimits;
import dev.rolecall.verifier.limits.Outcome;
import dev.rolecall.verifier.limits.PeerLimit;
import dev.rolecall.verifier.sts.AwsEndpoints;
import dev.rolecall.verifier.sts.FakeSts;
import dev.rolecall.verifier.sts.StsEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One look-up a proof, and so many at once. */
@Tag("attack")
final class LookUpsTest {

  private static final Verification TOO_MANY =
      new Verification.Unavailable(
          RefusalReason.TOO_MANY_LOOKUPS, Optional.of(Duration.ofSeconds(1)));

  /** What those over a limit are told. */
  private static void assertTooMany(CompletableFuture<Verification> verification) {
    Verification.Unavailable over = (Verification.Unavailable) Bench.done(verification);
    assertThat(over.reason()).isEqualTo(RefusalReason.TOO_MANY_LOOKUPS);
    assertThat(over.retryAfter())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }

  @Test
  void verify_sixtyFourThreadsAtOnce_askOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try (Bench bench = new Bench()) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Verification>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return bench.begin(Proofs.text()).get();
                }));
      }
      start.countDown();
      while (bench.sts.requests().isEmpty()) {
        Thread.onSpinWait();
      }
      bench.sts.answer(0, FakeSts.checkout());
      for (Future<Verification> one : all) {
        assertThat(Bench.word(one.get())).isEqualTo("verified");
      }
      assertThat(bench.sts.requests()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void verify_aThousandCallsOfOneForgedProof_askOnce() {
    try (Bench bench = new Bench()) {
      List<CompletableFuture<Verification>> all = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        all.add(bench.begin(Proofs.text(), "203.0.113." + i % 250));
      }
      bench.sts.answer(0, FakeSts.error(403, "SignatureDoesNotMatch"));

      assertThat(all).allMatch(one -> Bench.word(Bench.done(one)).equals("refused ISSUER_REFUSED"));
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void verify_oneWaiterLeaves_theOthersAreServed() {
    try (Bench bench = new Bench()) {
      CompletableFuture<Verification> first = bench.begin(Proofs.text());
      CompletableFuture<Verification> second = bench.begin(Proofs.text());
      first.cancel(true);
      assertThat(bench.sts.exchange(0)).isNotCancelled();
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(Bench.done(second))).isEqualTo("verified");
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void verify_everyWaiterLeft_theAnswerIsRememberedAllTheSame() {
    try (Bench bench = new Bench()) {
      bench.begin(Proofs.text()).cancel(true);
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void verify_onePeerOverItsLimit_isTurnedAwayAndOthersAreNot() {
    try (Bench bench = new Bench(builder -> builder.maxLookUps(10, 2)).answering()) {
      var unused = bench.begin(Proofs.text(1), "198.51.100.1");
      var second = bench.begin(Proofs.text(2), "198.51.100.1");
      assertThat(second).isNotDone();
      assertTooMany(bench.begin(Proofs.text(3), "198.51.100.1"));
      assertThat(bench.begin(Proofs.text(3), "198.51.100.2")).isNotDone();
      assertThat(bench.sts.requests()).hasSize(1 + 3);

      bench.sts.answer(1, FakeSts.checkout());
      assertThat(bench.begin(Proofs.text(4), "198.51.100.1")).isNotDone();
    }
  }

  @Test
  void verify_totalOverItsLimit_isTurnedAway() {
    try (Bench bench = new Bench(builder -> builder.maxLookUps(3, 1)).answering()) {
      for (int i = 0; i < 3; i++) {
        assertThat(bench.begin(Proofs.text(i), "198.51.100." + i)).isNotDone();
      }
      assertThat(bench.begin(Proofs.text(3), "198.51.100.3")).as("of the reserve").isNotDone();
      assertTooMany(bench.begin(Proofs.text(4), "198.51.100.4"));
      assertThat(bench.sts.requests()).hasSize(1 + 4);
    }
  }

  @Test
  void verify_manyOverTheLimit_areNotToldToComeBackTogether() {
    try (Bench bench = new Bench(builder -> builder.maxLookUps(1, 1)).answering()) {
      var unused = bench.begin(Proofs.text());
      Set<Optional<Duration>> waits = new HashSet<>();
      for (int i = 1; i <= 100; i++) {
        waits.add(((Verification.Unavailable) bench.verify(Proofs.text(i))).retryAfter());
      }
      assertThat(waits).hasSize(100);
    }
  }

  @Test
  void verify_joiningALookUp_takesNoLookUpOfItsOwn() {
    try (Bench bench = new Bench(builder -> builder.maxLookUps(1, 1))) {
      var first = bench.begin(Proofs.text());
      var second = bench.begin(Proofs.text());
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(Bench.done(first))).isEqualTo("verified");
      assertThat(Bench.word(Bench.done(second))).isEqualTo("verified");
    }
  }

  @Test
  void verify_tooManyWaiting_isTurnedAwayUntilOneLeaves() {
    try (Bench bench = new Bench(builder -> builder.maxWaitingCalls(3, 3))) {
      var first = bench.begin(Proofs.text());
      for (int i = 0; i < 2; i++) {
        assertThat(bench.begin(Proofs.text())).isNotDone();
      }
      assertTooMany(bench.begin(Proofs.text()));
      first.cancel(true);
      assertThat(bench.begin(Proofs.text())).isNotDone();
    }
  }

  @Test
  void verify_overTheLimit_servesRememberedCallersOn() {
    try (Bench bench = new Bench(builder -> builder.maxLookUps(1, 1))) {
      var first = bench.begin(Proofs.text(1));
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(Bench.done(first))).isEqualTo("verified");
      assertThat(bench.begin(Proofs.text(2))).isNotDone();
      assertThat(Bench.word(bench.verify(Proofs.text(1)))).isEqualTo("verified");
    }
  }

  @Test
  void join_everyEnding_givesItsPlacesBack() {
    LookUpLimits limits =
        new LookUpLimits(
            new LookUpLimits.Bounds(
                new PeerLimit.Bound(2, 2), new PeerLimit.Bound(4, 4), new PeerLimit.Bound(1, 1)),
            () -> 0,
            endpoint -> false);
    LookUps lookUps = new LookUps(limits, () -> 0L, new SeenSignatures());
    Asker asker = Asker.of("peer", "ASIAEXAMPLE000000001");
    ProofDigest proof = new ProofDigest(1, 2, 3, 4, 5);
    StsEndpoint endpoint = AwsEndpoints.global();
    for (Outcome outcome :
        List.of(Outcome.USEFUL, Outcome.BUSY, Outcome.UNANSWERED, Outcome.NOT_ASKED)) {
      for (int i = 0; i < 100; i++) {
        var left = lookUps.join(proof, asker, endpoint, begun -> begun.finish(TOO_MANY, outcome));
        assertThat(left).isCompletedWithValue(TOO_MANY);
      }
    }
    assertThat(lookUps.callsWaiting()).isZero();
    assertThat(lookUps.networksRemembered()).isZero();
  }

  @Test
  void join_whereTheTickerThrows_givesItsPlacesBack() {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    LookUpLimits limits =
        new LookUpLimits(
            new LookUpLimits.Bounds(
                new PeerLimit.Bound(2, 2), new PeerLimit.Bound(4, 4), new PeerLimit.Bound(1, 1)),
            () -> {
              if (left.getAndDecrement() == 0) {
                throw new InternalError("the test's");
              }
              return 0;
            },
            endpoint -> false);
    LookUps lookUps = new LookUps(limits, () -> 0L, new SeenSignatures());
    int struck = 0;
    for (Outcome outcome : Outcome.values()) {
      for (int readings = 0; readings < 20; readings++) {
        left.set(readings);
        try {
          var unused =
              lookUps.join(
                  new ProofDigest(1, 2, 3, 4, 5),
                  Asker.of("peer" + readings, "ASIAEXAMPLE000000001"),
                  AwsEndpoints.global(),
                  begun -> begun.finish(TOO_MANY, outcome));
        } catch (InternalError e) {
          struck++;
        }
      }
    }
    left.set(Integer.MAX_VALUE);
    assertThat(struck).isGreaterThan(20);
    assertThat(lookUps.callsWaiting()).isZero();
    assertThat(lookUps.networksRemembered()).isZero();
  }

  @Test
  void close_withCallsWaiting_answersThemUnavailable() {
    try (Bench bench = new Bench()) {
      var first = bench.begin(Proofs.text(1));
      var second = bench.begin(Proofs.text(2));
      bench.verifier.close();
      assertThat(Bench.word(Bench.done(first))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(Bench.word(Bench.done(second))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.sts.exchange(0)).isCancelled();
      assertThat(bench.sts.exchange(1)).isCancelled();
      assertThat(bench.scheduler.waiting()).isEmpty();
      assertThat(Bench.word(bench.verify(Proofs.text(3))))
          .isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.sts.requests()).hasSize(2);
    }
  }
}
