package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.StatedCallers.ORDERS;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.Steps.lockOf;
import static dev.rolecall.service.Steps.ordersRead;
import static dev.rolecall.service.Steps.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.grant.Holding;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.GrantFeed;
import dev.rolecall.grants.Staleness;
import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.WatchAccessRequestsRequest;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.store.sqlite.SqliteStore;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that loses its last commits and keeps the name of its history, as a database does that is
 * restored by its own means. A node and a server, both as they are delivered, go on with it.
 */
class LostCommitsTest {

  private static final Duration STALE = Duration.ofMinutes(5);
  private static final PermissionName READ = PermissionName.of("orders-read");

  @TempDir private Path folder;

  private final AtomicLong jump = new AtomicLong();
  private AccessRuntime runtime;
  private FragileStore store;
  private AccessNode node;
  private Steps steps;
  private Grants grants;

  @BeforeEach
  void follow() {
    runtime = AccessRuntime.builder().ticker(() -> System.nanoTime() + jump.get()).build();
    store = new FragileStore(SqliteStore.in(folder.resolve("data")));
    node = AccessNode.start(folder, store, AccessRuntime.ofDefaults());
    steps = new Steps(node);
    // Stale in the one test alone that lets the time pass.
    grants =
        GrantFeed.over("access", () -> node.newChannelOf(ORDERS))
            .name("orders-1")
            .staleness(Staleness.BEST_EFFORT)
            .staleAfter(STALE)
            .open(runtime);
    grants.require(Set.of(READ));
  }

  @AfterEach
  void stop() {
    grants.close();
    runtime.close();
    node.close();
  }

  private Holding holdingOfAna() {
    return grants.holding(ANA, READ, Optional.empty());
  }

  /** A grant to Ana and then a lock of Ben, both of which the server knows. */
  private LockState lockAfter(Grant granted) {
    LockState lock = steps.lock(lockOf("corp/ben@example.com"));
    assertThat(lock.getRevision()).isGreaterThan(granted.getRevision());
    soon().until(() -> grants.isLocked(BEN) && holdingOfAna().isHeld());
    return lock;
  }

  /** Each revision that the lost history had too means something else now. */
  private void assertHearsOf(Grant granted, long lostRevision) {
    long revoked = steps.revoke(SECURITY, granted.getId()).getGrant().getRevision();
    assertThat(revoked).isEqualTo(lostRevision);
    soon().until(() -> holdingOfAna().reason() == RefusalReason.GRANT_REVOKED);
    var unused = steps.lock(lockOf("corp/ana@example.com"));
    soon().until(() -> grants.isLocked(ANA));
    assertThat(grants.isLocked(BEN)).isFalse();
  }

  @Test
  void i11_lossUnderANode_serverHearsEachRevisionOfTheNewHistory() {
    Grant granted = steps.granted(ANA);
    LockState lock = lockAfter(granted);

    store.loseWhatCameAfter(lock);
    soon().until(() -> !grants.isLocked(BEN));

    assertThat(holdingOfAna().isHeld()).isTrue();
    assertHearsOf(granted, lock.getRevision());
  }

  @Test
  void lossUnderANode_leavesNoConfirmationOfTheLostHistory() {
    Grant granted = steps.granted(ANA);
    LockState lock = lockAfter(granted);
    try (FeedClient feed = FeedClient.subscribe(node, "mute", "orders-read")) {
      soon().until(() -> feed.grants().containsKey(granted.getId()));
      feed.acknowledge(lock.getRevision(), 0);
      soon().until(() -> steps.confirmedBy("mute") == lock.getRevision());

      store.loseWhatCameAfter(lock);
      soon().until(() -> feed.heard().stream().filter(FeedMessage::getReset).count() == 2);

      assertThat(steps.confirmedBy("mute")).isZero();
    }
  }

  @Test
  void lossUnderANode_endsWatchesOfRequests_whichHearAllOnceTheyBeginAnew() {
    String waits = steps.ask(ANA, ordersRead()).getId();
    Iterator<AccessRequest> watch = watchOfLee();
    assertThat(watch.next().getId()).isEqualTo(waits);

    LockState lock = steps.lock(lockOf("corp/ben@example.com"));
    soon().until(() -> grants.isLocked(BEN));
    store.loseWhatCameAfter(lock);

    assertThatThrownBy(watch::hasNext)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            end -> assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    // The node still reads the store anew when it has told of that.
    Iterator<AccessRequest> anew =
        soon()
            .ignoreException(StatusRuntimeException.class)
            .until(this::watchOfLee, Iterator::hasNext);
    assertThat(anew.next().getId()).isEqualTo(waits);
    String next = steps.ask(BEN, ordersRead()).getId();
    assertThat(anew.next().getId()).isEqualTo(next);
  }

  private Iterator<AccessRequest> watchOfLee() {
    return node.as(LEE)
        .watchAccessRequests(WatchAccessRequestsRequest.newBuilder().setReviewable(true).build());
  }

  @Test
  void i11_lossWhileNoNodeRuns_serverReadsAllAnewOnceItIsStale() {
    Grant granted = steps.granted(ANA);
    LockState lock = lockAfter(granted);

    // The node that ran sees nothing of it, and one that starts afterwards cannot.
    store.takeAway();
    store.loseWhatCameAfter(lock);
    node.close();
    node = AccessNode.start(folder);
    steps = new Steps(node);
    jump.addAndGet(STALE.toNanos());
    soon().until(() -> holdingOfAna().reason() == RefusalReason.GRANTS_STALE);
    assertThat(grants.isLocked(BEN)).isTrue();

    soon().atMost(Duration.ofSeconds(20)).until(() -> !grants.isLocked(BEN));
    assertThat(holdingOfAna().isHeld()).isTrue();
    assertHearsOf(granted, lock.getRevision());
  }
}
