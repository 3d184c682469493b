package dev.rolecall.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.v1.Ack;
import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.grants.v1.Holder;
import dev.rolecall.grants.v1.Locked;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Feeds that do not work: silent, hostile, away; and what a server tells its feed. */
final class FeedFaultsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Bench bench = new Bench();
  private final FeedServer other = new FeedServer();

  @AfterEach
  void close() {
    bench.close();
    other.close();
  }

  /** A hostile message, made from a good one that has a grant and a lock. */
  record Hostile(String what, UnaryOperator<FeedMessage.Builder> change) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Hostile message(String what, UnaryOperator<FeedMessage.Builder> change) {
    return new Hostile(what, change);
  }

  private static Hostile grant(String what, UnaryOperator<GrantState.Builder> change) {
    return message(what, m -> m.setGrants(0, change.apply(m.getGrantsBuilder(0))));
  }

  private static Hostile lock(String what, UnaryOperator<FeedLock.Builder> change) {
    return message(what, m -> m.setLocks(0, change.apply(m.getLocksBuilder(0))));
  }

  static Stream<Hostile> hostile() {
    String long101 = "x".repeat(101);
    return Stream.of(
        message("no epoch", m -> m.setEpoch("")),
        message("long epoch", m -> m.setEpoch(long101)),
        message("epoch with a line", m -> m.setEpoch("a\nb")),
        message("negative revision", m -> m.setRevision(-1)),
        message("no time", m -> m.setServerTimeMs(0)),
        message("negative time", m -> m.setServerTimeMs(-5)),
        message("time beyond all", m -> m.setServerTimeMs(Long.MAX_VALUE)),
        message(
            "too many grants",
            m -> {
              GrantState one = m.getGrants(0);
              for (int i = 0; i < 10_000; i++) {
                m.addGrants(one);
              }
              return m;
            }),
        grant("no id", g -> g.setId("")),
        grant("long id", g -> g.setId(long101)),
        grant("id with a space", g -> g.setId("a b")),
        grant("no revision", g -> g.setRevision(0)),
        grant("revision of the future", g -> g.setRevision(g.getRevision() + 1)),
        grant("no permission", g -> g.setPermission("")),
        grant("bad permission", g -> g.setPermission("Orders Admin")),
        grant("bad resource", g -> g.addResources("orders/../all")),
        grant(
            "too many resources",
            g -> {
              for (int i = 0; i < 101; i++) {
                g.addResources("r" + i);
              }
              return g;
            }),
        grant("no holder", GrantState.Builder::clearHolder),
        grant(
            "long principal",
            g -> g.setHolder(Holder.newBuilder().setPrincipal("x".repeat(2_049)))),
        grant(
            "session in upper case", g -> g.setHolder(g.getHolderBuilder().setSessionName("Bob"))),
        grant("no start", g -> g.setStartsAtMs(0)),
        grant("negative start", g -> g.setStartsAtMs(-1)),
        grant("end at the start", g -> g.setEndsAtMs(g.getStartsAtMs())),
        grant("end beyond all", g -> g.setEndsAtMs(Long.MAX_VALUE)),
        lock("no id", l -> l.setId("")),
        lock("revision of the future", l -> l.setRevision(l.getRevision() + 1)),
        lock("everything locked", l -> l.setLocked(0, Locked.newBuilder())),
        lock("negative end", l -> l.setUntilMs(-1)),
        lock("negative limit", l -> l.setIssuedBeforeMs(-1)),
        lock(
            "session in upper case",
            l -> l.setLocked(0, Locked.newBuilder().setSessionName("Bob"))));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void message_thatBreaksARule_isRefusedAsAWhole(Hostile hostile) {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    FeedMessage.Builder good = bench.message();
    good.addGrants(bench.personGrant("g2", "bob@corp", HOUR).setRevision(bench.revision()))
        .addLocks(
            Bench.lock("l1", Locked.newBuilder().setPrincipal(Bench.ARN))
                .setRevision(bench.revision()));

    bench.node.say(hostile.change().apply(good.clone()));

    assertThat(bench.isHeld()).isTrue();
    assertThat(bench.grants().isLocked(Bench.caller())).isFalse();
    assertThat(bench.node.ended()).isEqualTo(1);
    assertThat(bench.telemetry.sum("rolecall.grants.messages{result=refused}")).isEqualTo(1);
    bench.scheduler.pass(Duration.ofMillis(200));
    assertThat(bench.node.subscriptions()).hasSize(2);
    // The message without the flaw is a good one.
    bench.node.say(good);
    assertThat(bench.grants().isLocked(Bench.caller())).isTrue();
  }

  @Test
  void server_thatNeverAnswers_isLeftForTheNextNode() {
    bench.follow(feed -> feed.orOver(other::channel));

    bench.scheduler.pass(Duration.ofMillis(2_200));

    assertThat(bench.node.ended()).isEqualTo(1);
    assertThat(other.subscriptions()).hasSize(1);
    other.say(bench.message());
    assertThat(bench.telemetry.sum("rolecall.grants.messages{result=taken}")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"STRICT, PT3S", "STRICT, PT5S", "STRICT, PT1M", "BEST_EFFORT, PT5M"})
  void heartbeats_thatStop_leadToTheNextNodeWhileWhatIsKnownCounts(
      Staleness staleness, Duration limit) {
    bench.follow(feed -> feed.staleness(staleness).staleAfter(limit).orOver(other::channel));
    bench.tell(bench.roleGrant("g1", HOUR));
    Holding holding = bench.holding(Bench.caller());
    bench.pass(Duration.ofSeconds(10));
    assertThat(other.subscriptions()).isEmpty();
    int changes = bench.changes();

    for (int step = 0; step < 110; step++) {
      bench.scheduler.pass(Duration.ofMillis(20));
      assertThat(holding.isHeld()).isTrue();
    }
    assertThat(other.subscriptions()).hasSize(1);
    assertThat(other.lastSubscription().getAfterRevision()).isEqualTo(1);
    other.say(bench.heartbeat());
    bench.scheduler.pass(Duration.ofSeconds(1));

    assertThat(holding.isHeld()).isTrue();
    assertThat(bench.changes()).isEqualTo(changes);
  }

  @Test
  void nodes_ofWhichTwoAreFrozen_leadToTheThirdWhileWhatIsKnownCounts() {
    FeedServer frozen = new FeedServer();
    try {
      bench.follow(feed -> feed.orOver(frozen::channel).orOver(other::channel));
      bench.tell(bench.roleGrant("g1", HOUR));
      int changes = bench.changes();

      bench.scheduler.pass(Duration.ofMillis(4_500));
      assertThat(other.subscriptions()).hasSize(1);
      other.say(bench.heartbeat());

      assertThat(bench.isHeld()).isTrue();
      assertThat(bench.changes()).isEqualTo(changes);
    } finally {
      frozen.close();
    }
  }

  @Test
  void channel_thatCannotBeMade_isMadeLater() {
    AtomicInteger tries = new AtomicInteger();
    Supplier<ManagedChannel> flawed =
        () -> {
          if (tries.incrementAndGet() <= 2) {
            throw new IllegalStateException("no channel");
          }
          return bench.node.channel();
        };
    Grants grants = GrantFeed.over("access", flawed).open(bench.runtime);
    try {
      assertThatThrownBy(() -> grants.require(Set.of(Bench.ADMIN)))
          .isInstanceOf(IllegalStateException.class);

      bench.scheduler.pass(Duration.ofSeconds(5));

      assertThat(tries).hasValue(3);
      assertThat(bench.node.subscriptions()).isNotEmpty();
    } finally {
      grants.close();
    }
  }

  @Test
  void nodes_areSoughtInTurnWithGrowingPauses() {
    bench.node.refuse(Status.UNAVAILABLE);
    other.refuse(Status.UNAVAILABLE);
    bench.follow(feed -> feed.orOver(other::channel));

    bench.scheduler.pass(Duration.ofSeconds(60));

    assertThat(bench.node.subscriptions().size() - other.subscriptions().size()).isBetween(0, 1);
    assertThat(bench.node.subscriptions().size() + other.subscriptions().size()).isBetween(30, 65);
    assertThat(bench.telemetry.sum("rolecall.grants.reconnects{}")).isBetween(30.0, 65.0);
  }

  @Test
  void revision_isAcknowledgedOnceLiveCallsWereLookedOver() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    assertThat(bench.node.acknowledgements()).isEmpty();
    long changes = bench.grants().changes();

    bench.grants().enforced(changes - 1, 0);
    assertThat(bench.node.acknowledgements()).isEmpty();
    bench.grants().enforced(changes, 3);
    assertThat(bench.node.acknowledgements())
        .containsExactly(Ack.newBuilder().setRevision(1).setStreamsEnded(3).build());

    bench.pass(Duration.ofSeconds(3));
    assertThat(bench.node.acknowledgements()).hasSize(1);
    bench.node.say(bench.message());
    assertThat(bench.node.acknowledgements())
        .last()
        .isEqualTo(Ack.newBuilder().setRevision(2).build());
  }

  @Test
  void revision_isAcknowledgedAgainOnANewStream() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.grants().enforced(bench.grants().changes(), 0);
    bench.node.cut(Status.UNAVAILABLE);
    bench.scheduler.pass(Duration.ofMillis(200));

    bench.node.say(bench.heartbeat());

    assertThat(bench.node.acknowledgements()).extracting(Ack::getRevision).containsExactly(1L, 1L);
  }

  @Test
  void revision_ofAnEarlierStream_isNotAcknowledgedBeforeTheNextHasBroughtAll() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.node.cut(Status.UNAVAILABLE);
    bench.scheduler.pass(Duration.ofMillis(200));
    bench.grants().enforced(bench.grants().changes(), 2);
    assertThat(bench.node.acknowledgements()).isEmpty();

    bench.node.say(bench.heartbeat());

    assertThat(bench.node.acknowledgements())
        .containsExactly(Ack.newBuilder().setRevision(1).setStreamsEnded(2).build());
  }

  @Test
  void subscription_namesTheServerAndItsPermissions() {
    bench.follow(feed -> feed.name("orders-1"));

    assertThat(bench.node.lastSubscription().getNode()).isEqualTo("orders-1");
    assertThat(bench.node.lastSubscription().getPermissionsList()).containsExactly("orders-admin");
    assertThat(bench.node.lastSubscription().getEpoch()).isEmpty();
  }
}
