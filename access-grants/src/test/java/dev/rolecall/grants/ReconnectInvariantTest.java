package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.GRANT_REVOKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.v1.FeedMessage;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Invariant I11, a server's part: a revocation reaches it through each loss of the feed, and a
 * grant that has ended stays ended.
 */
final class ReconnectInvariantTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Bench bench = new Bench();
  private final FeedServer other = new FeedServer();

  @AfterEach
  void close() {
    bench.close();
    other.close();
  }

  @Test
  void i11_feedCutAtTheRevoke_isResumedFromTheLastRevision() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    Holding holding = bench.holding(Bench.caller());
    bench.node.cut(Status.UNAVAILABLE);
    assertThat(holding.isHeld()).isTrue();

    bench.scheduler.pass(Duration.ofMillis(200));
    assertThat(bench.node.lastSubscription().getEpoch()).isEqualTo(Bench.EPOCH);
    assertThat(bench.node.lastSubscription().getAfterRevision()).isEqualTo(1);
    bench.tell(bench.roleGrant("g1", HOUR).setRevoked(true));

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(GRANT_REVOKED);
  }

  @Test
  void i11_nodeThatHasReadLess_bringsNothingBack() {
    bench.follow(feed -> feed.orOver(other::channel));
    bench.tell(bench.roleGrant("g1", HOUR));
    FeedMessage.Builder before = bench.heartbeat();
    bench.tell(bench.roleGrant("g1", HOUR).setRevoked(true));
    bench.node.cut(Status.UNAVAILABLE);
    bench.scheduler.pass(Duration.ofMillis(200));

    other.say(
        before
            .setReset(true)
            .setServerTimeMs(bench.serviceMillis())
            .addGrants(bench.roleGrant("g1", HOUR).setRevision(1)));

    assertThat(bench.isHeld()).isFalse();
    assertThat(other.ended()).isEqualTo(1);
    assertThat(bench.telemetry.sum("rolecall.grants.messages{result=refused}")).isEqualTo(1);
    bench.scheduler.pass(Duration.ofMillis(500));
    assertThat(bench.node.lastSubscription().getAfterRevision()).isEqualTo(2);
  }

  @Test
  void i11_partOfNewsBeforeTheCut_staysAndIsAskedForAgain() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    FeedMessage.Builder part = bench.message().setMore(true);
    bench.node.say(
        part.addGrants(bench.roleGrant("g1", HOUR).setRevision(bench.revision()).setRevoked(true)));
    assertThat(bench.isHeld()).isFalse();

    bench.node.cut(Status.UNAVAILABLE);
    bench.scheduler.pass(Duration.ofMillis(200));

    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.node.lastSubscription().getAfterRevision()).isEqualTo(1);
  }

  @Test
  void i11_historyThatWentBackForGood_isReadAnewOnceWhatIsKnownIsStale() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.tell(bench.roleGrant("g2", HOUR));
    FeedMessage.Builder old =
        bench.heartbeat().setRevision(1).addGrants(bench.roleGrant("g1", HOUR).setRevision(1));

    for (int step = 0; step < 100; step++) {
      bench.scheduler.pass(Duration.ofMillis(100));
      if (bench.node.lastSubscription().getAfterRevision() == 0) {
        break;
      }
      if (step % 10 == 9) {
        bench.node.say(old.setServerTimeMs(bench.serviceMillis()));
      }
    }

    assertThat(bench.node.lastSubscription().getAfterRevision()).isZero();
    bench.node.say(old.setServerTimeMs(bench.serviceMillis()));
    assertThat(bench.isHeld()).isTrue();
  }

  @Test
  void i11_nodesThatSayNothingOfThePlace_areReadAnewOnceWhatIsKnownIsStale() {
    bench.follow(feed -> feed.orOver(other::channel));
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.tell(bench.roleGrant("g1", HOUR).setRevoked(true));
    bench.tell(bench.roleGrant("g2", HOUR));

    // As a node does whose store is behind that place: it accepts, and is silent.
    bench.scheduler.pass(Duration.ofMillis(4_900));
    assertThat(bench.node.subscriptions().size() + other.subscriptions().size()).isEqualTo(3);
    assertThat(bench.node.lastSubscription().getAfterRevision()).isEqualTo(3);
    assertThat(other.lastSubscription().getAfterRevision()).isEqualTo(3);
    bench.scheduler.pass(Duration.ofSeconds(3));

    FeedServer last =
        bench.node.subscriptions().size() > other.subscriptions().size() ? bench.node : other;
    assertThat(last.lastSubscription().getAfterRevision()).isZero();
    assertThat(last.lastSubscription().getEpoch()).isEmpty();
    last.say(
        bench
            .heartbeat()
            .setReset(true)
            .setRevision(1)
            .addGrants(bench.roleGrant("g1", HOUR).setRevision(1)));
    assertThat(bench.isHeld()).isTrue();
    last.say(
        bench
            .heartbeat()
            .setRevision(2)
            .addGrants(bench.roleGrant("g1", HOUR).setRevision(2).setRevoked(true)));
    assertThat(bench.isHeld()).isFalse();
  }

  @Test
  void i11_nodesThatAreAway_leaveThePlace() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.node.refuse(Status.UNAVAILABLE);
    bench.node.cut(Status.UNAVAILABLE);

    bench.scheduler.pass(Duration.ofSeconds(30));

    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.node.lastSubscription().getAfterRevision()).isEqualTo(1);
  }

  @Test
  void i11_otherEpochWithReset_replacesAllWhenComplete() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.tell(bench.personGrant("g2", "bob@corp", HOUR));
    bench.node.cut(Status.UNAVAILABLE);
    bench.scheduler.pass(Duration.ofMillis(200));
    FeedMessage.Builder anew = bench.heartbeat().setEpoch("epoch-2").setRevision(1);

    bench.node.say(anew.clone().setReset(true).setMore(true));
    assertThat(bench.isHeld()).isTrue();
    bench.node.say(
        anew.clone().addGrants(bench.personGrant("h1", "bob@corp", HOUR).setRevision(1)));

    assertThat(bench.isHeld()).isFalse();
    assertThat(bench.holding(Bench.caller("bob@corp")).isHeld()).isTrue();
  }

  @Test
  void i11_otherEpochWithoutReset_isRefusedAndReadAnew() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));

    bench.node.say(bench.heartbeat().setEpoch("epoch-2"));

    assertThat(bench.node.ended()).isEqualTo(1);
    assertThat(bench.isHeld()).isTrue();
    bench.scheduler.pass(Duration.ofMillis(200));
    assertThat(bench.node.lastSubscription().getEpoch()).isEmpty();
    bench.node.say(bench.heartbeat().setEpoch("epoch-2"));
    assertThat(bench.isHeld()).isFalse();
  }

  @Test
  void i11_resetThatIsCut_losesNothing() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    bench.node.say(bench.message().setReset(true).setMore(true));

    bench.node.cut(Status.UNAVAILABLE);
    bench.scheduler.pass(Duration.ofMillis(200));
    bench.node.say(bench.heartbeat());

    assertThat(bench.isHeld()).isTrue();
  }

  @Test
  void i11_messagesOfAnOldStream_areIgnored() {
    bench.follow(feed -> feed.orOver(other::channel));
    bench.tell(bench.roleGrant("g1", HOUR).setRevoked(true));
    bench.scheduler.pass(Duration.ofSeconds(6));
    assertThat(other.subscriptions()).isNotEmpty();
    FeedMessage.Builder news = bench.message();

    bench.node.sayTo(0, news.addGrants(bench.roleGrant("g1", HOUR).setRevision(2)));

    assertThat(bench.isHeld()).isFalse();
  }
}
