package dev.rolecall.decisions;

import static dev.rolecall.decisions.Bench.READ;
import static dev.rolecall.decisions.Bench.WRITE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.audit.ShadowAnswer;
import dev.rolecall.access.audit.WouldHave;
import dev.rolecall.decisions.v1.DecisionCount;
import dev.rolecall.decisions.v1.DecisionNews;
import dev.rolecall.decisions.v1.DecisionRecord;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.decisions.v1.WatchDecisionsRequest;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stream of news, as a client sees it. */
class WatchDecisionsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Bench within(FeedBounds bounds) {
    bench.close();
    bench = new Bench(bounds);
    return bench;
  }

  /** A reader of the stream, which asks for messages by itself unless it is slow. */
  private static final class Reader
      implements ClientResponseObserver<WatchDecisionsRequest, DecisionNews> {
    final List<DecisionNews> news = new ArrayList<>();
    private final boolean slow;
    private @Nullable ClientCallStreamObserver<WatchDecisionsRequest> call;
    private @Nullable Status end;

    Reader(boolean slow) {
      this.slow = slow;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchDecisionsRequest> call) {
      this.call = call;
      if (slow) {
        call.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public void onNext(DecisionNews message) {
      news.add(message);
    }

    @Override
    public void onError(Throwable thrown) {
      end = Status.fromThrowable(thrown);
    }

    @Override
    public void onCompleted() {
      end = Status.OK;
    }

    ClientCallStreamObserver<WatchDecisionsRequest> call() {
      return requireNonNull(call, "call");
    }

    boolean isOpen() {
      return end == null;
    }

    Status end() {
      return requireNonNull(end, "end");
    }

    DecisionNews last() {
      return news.get(news.size() - 1);
    }
  }

  private Reader watch() {
    return watch(new Reader(false));
  }

  private Reader watch(Reader reader) {
    bench.watching().watchDecisions(WatchDecisionsRequest.getDefaultInstance(), reader);
    return reader;
  }

  private static AbstractListAssert<?, ?, Tuple, ?> assertCounts(DecisionNews news) {
    return assertThat(news.getCountsList())
        .extracting(
            DecisionCount::getMethod,
            DecisionCount::getOutcome,
            DecisionCount::getReason,
            DecisionCount::getCount);
  }

  @Test
  void firstMessage_hasAllCountsAndRecords() {
    bench.decide("shop", READ, Bench.allowed());
    bench.decide("shop", READ, Bench.allowed());
    bench.decideStranger("10.0.0.9", READ, Bench.ofPublic());
    bench.decide("shop", WRITE, Bench.refused(RefusalReason.METHOD_NOT_ALLOWED));
    bench.time.advance(SECOND);

    Reader reader = watch();

    assertThat(reader.news).hasSize(1);
    assertCounts(reader.last())
        .containsExactlyInAnyOrder(
            tuple(READ, Outcome.ALLOWED, "", 2L),
            tuple(READ, Outcome.PUBLIC, "", 1L),
            tuple(WRITE, Outcome.REFUSED, "METHOD_NOT_ALLOWED", 1L));
    assertThat(reader.last().getRecordsList())
        .extracting(DecisionRecord::getNumber, DecisionRecord::getCaller)
        .containsExactly(tuple(1L, "arn:aws:iam::111122223333:role/shop"));
    assertThat(reader.last().getAt().getSeconds() - reader.last().getSince().getSeconds())
        .isEqualTo(1);
  }

  @Test
  void firstMessage_ofAFeedThatSawNothing_comesToo() {
    Reader reader = watch();

    assertThat(reader.news).hasSize(1);
    assertThat(reader.last().getCountsList()).isEmpty();
  }

  @Test
  void laterMessages_haveTotalsOfWhatChanged_atMostOneASecond() {
    bench.decide("shop", READ, Bench.allowed());
    bench.decide("shop", WRITE, Bench.allowed());
    Reader reader = watch();

    for (int i = 0; i < 5; i++) {
      bench.decide("shop", READ, Bench.allowed());
    }
    assertThat(reader.news).hasSize(1);
    bench.scheduler.pass(SECOND);
    bench.scheduler.pass(SECOND);

    assertThat(reader.news).hasSize(2);
    assertCounts(reader.last()).containsExactly(tuple(READ, Outcome.ALLOWED, "", 6L));
  }

  @Test
  void record_hasWhatTheServerKnows() {
    AuditRecord made =
        bench.made(
            Optional.of(Bench.role("shop")),
            WRITE,
            "10.0.0.1",
            new AuditOutcome.Refused(
                RefusalReason.GRANT_REQUIRED,
                Optional.of(RuleName.parse("admins")),
                Optional.of(PermissionName.of("orders-admin"))));
    bench.log.record(made.withLeftOut(new LeftOut(7, LeftOut.Of.KIND)));

    assertThat(watch().last().getRecordsList())
        .containsExactly(
            DecisionRecord.newBuilder()
                .setNumber(1)
                .setAt(Messages.time(bench.now()))
                .setMethod(WRITE)
                .setOutcome(Outcome.REFUSED)
                .setReason("GRANT_REQUIRED")
                .setCaller("arn:aws:iam::111122223333:role/shop")
                .setSession("s1")
                .setScheme("aws-iam")
                .setPeer("10.0.0.1")
                .setRule("admins")
                .setPermission("orders-admin")
                .setLeftOut(7)
                .build());
  }

  @Test
  void record_ofEachOtherOutcome_isKept() {
    bench.decide(
        "shop", READ, new AuditOutcome.Ended(RefusalReason.CREDENTIAL_EXPIRED, Optional.empty()));
    bench.decide(
        "shop",
        READ,
        new AuditOutcome.AdmittedInstead(
            WouldHave.REFUSED, RefusalReason.METHOD_NOT_ALLOWED, Optional.empty()));
    bench.decide(
        "shop",
        READ,
        new AuditOutcome.ShadowDiffers(
            Optional.empty(),
            Optional.of(RuleName.parse("a")),
            ShadowAnswer.DENIED,
            Optional.of(RuleName.parse("b"))));

    DecisionNews news = watch().last();

    assertThat(news.getRecordsList())
        .extracting(
            DecisionRecord::getOutcome,
            DecisionRecord::getReason,
            DecisionRecord::getRule,
            DecisionRecord::getShadow,
            DecisionRecord::getShadowRule)
        .containsExactly(
            tuple(Outcome.ENDED, "CREDENTIAL_EXPIRED", "", "", ""),
            tuple(Outcome.ADMITTED_INSTEAD, "METHOD_NOT_ALLOWED", "", "", ""),
            tuple(Outcome.SHADOW_DIFFERS, "", "a", "denied", "b"));
    assertCounts(news)
        .containsExactlyInAnyOrder(
            tuple(READ, Outcome.ENDED, "CREDENTIAL_EXPIRED", 1L),
            tuple(READ, Outcome.ADMITTED_INSTEAD, "METHOD_NOT_ALLOWED", 1L),
            tuple(READ, Outcome.SHADOW_DIFFERS, "", 1L));
  }

  @Test
  void leftOut_ofAKind_isCounted_andOfAGroupOrAllToldAsUncounted() {
    AuditRecord refused =
        bench.made(
            Optional.empty(), READ, "10.0.0.9", Bench.refused(RefusalReason.CREDENTIAL_MISSING));
    bench.log.record(refused.withLeftOut(new LeftOut(100, LeftOut.Of.KIND)));
    bench.log.record(refused.withLeftOut(new LeftOut(20, LeftOut.Of.GROUP)));
    bench.log.record(refused.withLeftOut(new LeftOut(3, LeftOut.Of.ALL)));

    DecisionNews news = watch().last();

    assertCounts(news).containsExactly(tuple(READ, Outcome.REFUSED, "CREDENTIAL_MISSING", 103L));
    assertThat(news.getUncounted()).isEqualTo(23);
  }

  @Test
  void records_beyondTheBound_areTheLast() {
    within(FeedBounds.ofDefaults().withRecords(3));
    for (int i = 1; i <= 5; i++) {
      bench.decide("r" + i, READ, Bench.refused(RefusalReason.METHOD_NOT_ALLOWED));
    }

    assertThat(watch().last().getRecordsList())
        .extracting(DecisionRecord::getNumber)
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void counts_beyondTheBound_areUncounted_andStrangersTakeHalf() {
    within(FeedBounds.ofDefaults().withCounts(10));
    IntStream.range(0, 20)
        .forEach(
            i ->
                bench.decideStranger(
                    "10.0.0.9", "made.Up/M" + i, Bench.refused(RefusalReason.CREDENTIAL_MISSING)));
    // A public method may be a pattern, and a proxy be asked for any path.
    IntStream.range(0, 20)
        .forEach(
            i ->
                bench.decideStranger(
                    "10.0.0.9", "open.Up/M" + i, new AuditOutcome.Allowed(Optional.empty())));
    IntStream.range(0, 6).forEach(i -> bench.decide("shop", "shop.S/M" + i, Bench.allowed()));

    DecisionNews news = watch().last();

    assertThat(news.getCountsList())
        .filteredOn(count -> count.getOutcome() == Outcome.REFUSED)
        .hasSize(5);
    assertThat(news.getCountsList())
        .filteredOn(count -> count.getOutcome() == Outcome.ALLOWED)
        .hasSize(5);
    assertThat(news.getUncounted()).isEqualTo(36);
  }

  @Test
  void method_thatAPeerMadeUp_isCut() {
    bench.decideStranger("x", "a.B/" + "c".repeat(9_000), Bench.refused(RefusalReason.DEFECT));

    DecisionNews news = watch().last();

    assertThat(news.getCounts(0).getMethod()).hasSize(256);
    assertThat(news.getRecords(0).getMethod()).hasSize(256);
  }

  @Test
  void slowReader_getsLaterTotals_inOneMessage() {
    Reader reader = watch(new Reader(true));
    // The transport takes one message before it has no room.
    for (int i = 1; i <= 50; i++) {
      bench.decide("shop", READ, Bench.refused(RefusalReason.METHOD_NOT_ALLOWED));
      bench.scheduler.pass(SECOND);
    }
    assertThat(reader.news).isEmpty();

    for (int i = 0; i < 60; i++) {
      reader.call().request(1);
      bench.scheduler.pass(SECOND);
    }

    assertThat(reader.news).hasSizeLessThan(5);
    assertThat(reader.news.stream().flatMap(news -> news.getRecordsList().stream()))
        .extracting(DecisionRecord::getNumber)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).mapToObj(n -> (long) n).toList());
    assertCounts(reader.last())
        .containsExactly(tuple(READ, Outcome.REFUSED, "METHOD_NOT_ALLOWED", 50L));
  }

  @Test
  void tick_runsOnlyWhileThereIsAWatcher() {
    assertThat(bench.scheduler.periods()).isEmpty();

    Reader one = watch();
    Reader two = watch();
    assertThat(bench.scheduler.periods()).containsExactly(SECOND);

    one.call().cancel("enough", null);
    assertThat(bench.scheduler.periods()).containsExactly(SECOND);
    two.call().cancel("enough", null);
    assertThat(bench.scheduler.periods()).isEmpty();

    bench.decide("shop", READ, Bench.allowed());
    Reader three = watch();
    assertThat(bench.scheduler.periods()).containsExactly(SECOND);
    assertThat(three.news).hasSize(1);
  }

  @Test
  void watcher_beyondTheBound_isRefused_untilAnotherLeaves() {
    within(FeedBounds.ofDefaults().withWatchers(2));
    Reader one = watch();
    watch();

    Reader three = watch();
    assertThat(three.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(three.end().getDescription())
        .isEqualTo(
            "too many watch this server's decisions (expected: at most 2 at once); try again later");

    one.call().cancel("enough", null);
    assertThat(watch().isOpen()).isTrue();
  }

  @Test
  void close_endsStreams_andRefusesLaterOnes() {
    Reader open = watch();

    bench.feed.close();

    assertThat(open.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(bench.scheduler.periods()).isEmpty();
    assertThat(watch().end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }
}
