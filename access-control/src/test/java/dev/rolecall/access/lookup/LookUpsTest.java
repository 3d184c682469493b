package dev.rolecall.access.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.internal.limits.LookupGate;
import dev.rolecall.access.internal.limits.LookupSource;
import dev.rolecall.access.internal.limits.PeerLimit;
import dev.rolecall.access.internal.limits.Settlement;
import dev.rolecall.access.runtime.RetryAfter;
import dev.rolecall.access.scheme.FakeIssuer;
import dev.rolecall.access.scheme.FakeScheme;
import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One look-up a credential, and so many at once. */
@Tag("attack")
final class LookUpsTest {

  private static final Verification TOO_MANY =
      new Verification.Unavailable(
          RefusalReason.TOO_MANY_LOOKUPS, Optional.of(Duration.ofSeconds(1)));

  /** What those over a limit are told. */
  private static void assertTooMany(CompletableFuture<Verification> verification) {
    Verification.Unavailable over = (Verification.Unavailable) LookupBench.done(verification);
    assertThat(over.reason()).isEqualTo(RefusalReason.TOO_MANY_LOOKUPS);
    assertThat(over.retryAfter())
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }

  @Test
  void find_sixtyFourThreadsAtOnce_askOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try (LookupBench bench = new LookupBench()) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Verification>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return bench.begin(0).get();
                }));
      }
      start.countDown();
      while (bench.scheme.asked().isEmpty()) {
        Thread.onSpinWait();
      }
      bench.scheme.answer(0, bench.yes());
      for (Future<Verification> one : all) {
        assertThat(LookupBench.word(one.get())).isEqualTo("verified");
      }
      assertThat(bench.scheme.asked()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void join_manyThreadsAtOnce_onlyTheOneThatBeginsTakesPlaces() throws Exception {
    int rounds = 200;
    int threads = 8;
    FakeIssuer issuer = new FakeIssuer();
    LookUps lookUps = lookUps(2 * threads, () -> 0);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      for (int round = 0; round < rounds; round++) {
        CredentialDigest credential = new CredentialDigest(round, 2, 3, 4, 5);
        List<LookUps.Begun> begun = new CopyOnWriteArrayList<>();
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          LookupSource source = LookupSource.of("peer" + i, "ASIAEXAMPLE000000001");
          all.add(
              pool.submit(
                  () -> {
                    start.await();
                    return lookUps
                        .join(credential, source, issuer, UnaryOperator.identity(), begun::add)
                        .isDone();
                  }));
        }
        for (Future<Boolean> one : all) {
          assertThat(one.get()).as("turned away").isFalse();
        }
        begun.forEach(one -> one.finish(TOO_MANY, Settlement.UNANSWERED));
        assertThat(begun).hasSize(1).allMatch(LookUps.Begun::mayBeSent);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(issuer.timesAskedIfAway()).isEqualTo(rounds);
    assertThat(lookUps.callsWaiting()).isZero();
    assertThat(lookUps.networksRemembered()).isZero();
  }

  @Test
  void find_aThousandCallsOfOneForgedProof_askOnce() {
    try (LookupBench bench = new LookupBench()) {
      List<CompletableFuture<Verification>> all = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        all.add(bench.begin(0, "203.0.113." + i % 250));
      }
      bench.scheme.answer(0, FakeScheme.no());

      assertThat(all)
          .allMatch(
              one -> LookupBench.word(LookupBench.done(one)).equals("refused ISSUER_REFUSED"));
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void find_oneWaiterLeaves_theOthersAreServed() {
    try (LookupBench bench = new LookupBench()) {
      CompletableFuture<Verification> first = bench.begin(0);
      CompletableFuture<Verification> second = bench.begin(0);
      first.cancel(true);
      assertThat(bench.scheme.exchange(0)).isNotCancelled();
      bench.scheme.answer(0, bench.yes());
      assertThat(LookupBench.word(LookupBench.done(second))).isEqualTo("verified");
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void find_everyWaiterLeft_theAnswerIsRememberedAllTheSame() {
    try (LookupBench bench = new LookupBench()) {
      bench.begin(0).cancel(true);
      bench.scheme.answer(0, bench.yes());
      assertThat(LookupBench.word(bench.find(0))).isEqualTo("verified");
      assertThat(bench.scheme.asked()).hasSize(1);
    }
  }

  @Test
  void find_onePeerOverItsLimit_isTurnedAwayAndOthersAreNot() {
    try (LookupBench bench = new LookupBench(limits -> limits.withLookUps(10, 2)).answering()) {
      var unused = bench.begin(1, "198.51.100.1");
      var second = bench.begin(2, "198.51.100.1");
      assertThat(second).isNotDone();
      assertTooMany(bench.begin(3, "198.51.100.1"));
      assertThat(bench.begin(3, "198.51.100.2")).isNotDone();
      assertThat(bench.scheme.asked()).hasSize(1 + 3);

      bench.scheme.answer(1, bench.yes());
      assertThat(bench.begin(4, "198.51.100.1")).isNotDone();
    }
  }

  @Test
  void find_totalOverItsLimit_isTurnedAway() {
    try (LookupBench bench = new LookupBench(limits -> limits.withLookUps(3, 1)).answering()) {
      for (int i = 0; i < 3; i++) {
        assertThat(bench.begin(i, "198.51.100." + i)).isNotDone();
      }
      assertThat(bench.begin(3, "198.51.100.3")).as("of the reserve").isNotDone();
      assertTooMany(bench.begin(4, "198.51.100.4"));
      assertThat(bench.scheme.asked()).hasSize(1 + 4);
    }
  }

  @Test
  void find_manyOverTheLimit_areNotToldToComeBackTogether() {
    try (LookupBench bench = new LookupBench(limits -> limits.withLookUps(1, 1)).answering()) {
      var unused = bench.begin(0);
      Set<Optional<Duration>> waits = new HashSet<>();
      for (int i = 1; i <= 100; i++) {
        waits.add(((Verification.Unavailable) bench.find(i)).retryAfter());
      }
      assertThat(waits).hasSize(100);
    }
  }

  @Test
  void find_joiningALookUp_takesNoLookUpOfItsOwn() {
    try (LookupBench bench = new LookupBench(limits -> limits.withLookUps(1, 1))) {
      var first = bench.begin(0);
      var second = bench.begin(0);
      bench.scheme.answer(0, bench.yes());
      assertThat(LookupBench.word(LookupBench.done(first))).isEqualTo("verified");
      assertThat(LookupBench.word(LookupBench.done(second))).isEqualTo("verified");
    }
  }

  @Test
  void find_tooManyWaiting_isTurnedAwayUntilOneLeaves() {
    try (LookupBench bench = new LookupBench(limits -> limits.withWaiting(3, 3))) {
      var first = bench.begin(0);
      for (int i = 0; i < 2; i++) {
        assertThat(bench.begin(0)).isNotDone();
      }
      assertTooMany(bench.begin(0));
      first.cancel(true);
      assertThat(bench.begin(0)).isNotDone();
    }
  }

  @Test
  void find_overTheLimit_servesRememberedCallersOn() {
    try (LookupBench bench = new LookupBench(limits -> limits.withLookUps(1, 1))) {
      var first = bench.begin(1);
      bench.scheme.answer(0, bench.yes());
      assertThat(LookupBench.word(LookupBench.done(first))).isEqualTo("verified");
      assertThat(bench.begin(2)).isNotDone();
      assertThat(LookupBench.word(bench.find(1))).isEqualTo("verified");
    }
  }

  @Test
  void join_everyEnding_givesItsPlacesBack() {
    LookUps lookUps = lookUps();
    LookupSource source = LookupSource.of("peer", "ASIAEXAMPLE000000001");
    CredentialDigest credential = new CredentialDigest(1, 2, 3, 4, 5);
    Issuer issuer = new FakeIssuer();
    for (Settlement outcome :
        List.of(Settlement.USEFUL, Settlement.BUSY, Settlement.UNANSWERED, Settlement.NOT_ASKED)) {
      for (int i = 0; i < 100; i++) {
        var left =
            lookUps.join(
                credential,
                source,
                issuer,
                UnaryOperator.identity(),
                begun -> begun.finish(TOO_MANY, outcome));
        assertThat(left).isCompletedWithValue(TOO_MANY);
      }
    }
    assertThat(lookUps.callsWaiting()).isZero();
    assertThat(lookUps.networksRemembered()).isZero();
  }

  @Test
  void join_whereTheBeginningThrows_tellsThoseWhoJoinedAndGivesItsPlacesBack() {
    LookUps lookUps = lookUps();
    LookupSource source = LookupSource.of("peer", "ASIAEXAMPLE000000001");
    CredentialDigest credential = new CredentialDigest(1, 2, 3, 4, 5);
    Issuer issuer = new FakeIssuer();
    List<CompletableFuture<Verification>> joined = new ArrayList<>();
    assertThatThrownBy(
            () ->
                lookUps.join(
                    credential,
                    source,
                    issuer,
                    UnaryOperator.identity(),
                    begun -> {
                      joined.add(
                          lookUps.join(
                              credential, source, issuer, UnaryOperator.identity(), other -> {}));
                      assertThat(lookUps.callsWaiting()).isEqualTo(2);
                      assertThat(lookUps.networksRemembered()).isPositive();
                      throw new IllegalStateException("the test's");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(joined).hasSize(1);
    assertThat(LookupBench.word(LookupBench.done(joined.get(0)))).isEqualTo("unavailable DEFECT");
    assertThat(lookUps.callsWaiting()).isZero();
    assertThat(lookUps.networksRemembered()).isZero();
  }

  @Test
  void queuedLookUp_whateverItsQuestionBrings_givesItsPlacesBack() {
    LookUps lookUps = lookUps();
    FakeIssuer issuer = new FakeIssuer().away(true);
    List<LookUps.Begun> queued =
        List.of(begun(lookUps, issuer, 0, "peer 0"), begun(lookUps, issuer, 1, "peer 1"));
    assertThat(queued).noneMatch(LookUps.Begun::mayBeSent);
    assertThat(queued.get(0).goesOn()).isTrue();
    assertThat(queued.get(0).mayBeSent()).isTrue();

    queued.get(0).finish(TOO_MANY, Settlement.BUSY);
    queued.get(1).finish(TOO_MANY, Settlement.NOT_ASKED);

    assertThat(lookUps.callsWaiting()).isZero();
    assertThat(lookUps.networksRemembered()).isZero();
  }

  @Test
  void queuedLookUps_moreThanMayBeSent_doNotGoOn() {
    LookUps lookUps = lookUps();
    FakeIssuer issuer = new FakeIssuer().away(true);
    List<LookUps.Begun> queued =
        List.of(begun(lookUps, issuer, 0, "peer"), begun(lookUps, issuer, 1, "peer"));
    assertThat(queued.get(0).goesOn()).isTrue();
    queued.get(0).finish(TOO_MANY, Settlement.REFUSED);
    assertThat(queued.get(1).goesOn()).isTrue();
    queued.get(1).finish(TOO_MANY, Settlement.REFUSED);
    issuer.away(true);
    LookUps.Begun third = begun(lookUps, issuer, 9, "peer");
    assertThat(third.goesOn()).as("its peer's permits are spent").isFalse();
  }

  /** Begins the look-up of a credential of that peer, and leaves it under way. */
  private static LookUps.Begun begun(LookUps lookUps, Issuer issuer, int credential, String peer) {
    List<LookUps.Begun> begun = new ArrayList<>();
    var unused =
        lookUps.join(
            new CredentialDigest(credential, 2, 3, 4, 5),
            LookupSource.of(peer, "ASIAEXAMPLE000000001"),
            issuer,
            UnaryOperator.identity(),
            begun::add);
    assertThat(begun).hasSize(1);
    return begun.get(0);
  }

  private static LookUps lookUps() {
    return lookUps(4, () -> 0);
  }

  private static LookUps lookUps(int waiting, LongSupplier ticker) {
    return new LookUps(
        new LookupGate(
            new LookupGate.Bounds(
                new PeerLimit.Bound(2, 2),
                new PeerLimit.Bound(waiting, waiting),
                new PeerLimit.Bound(1, 1)),
            ticker),
        new RetryAfter(() -> 0L),
        new PendingFilter());
  }

  @Test
  void join_whereTheTickerThrows_givesItsPlacesBack() {
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    LookUps lookUps =
        lookUps(
            4,
            () -> {
              if (left.getAndDecrement() == 0) {
                throw new InternalError("the test's");
              }
              return 0;
            });
    Issuer issuer = new FakeIssuer();
    int struck = 0;
    for (Settlement outcome : Settlement.values()) {
      for (int readings = 0; readings < 20; readings++) {
        left.set(readings);
        try {
          var unused =
              lookUps.join(
                  new CredentialDigest(1, 2, 3, 4, 5),
                  LookupSource.of("peer" + readings, "ASIAEXAMPLE000000001"),
                  issuer,
                  UnaryOperator.identity(),
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
}
