package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.Act;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.Period;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.rules.People;
import dev.rolecall.service.store.News;
import dev.rolecall.service.store.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The log and its cursors. */
class NewsLogTest {

  private static final PermissionName ADMIN = PermissionName.of("orders-admin");
  private static final Instant END = Instant.ofEpochMilli(10_000_000);
  private static final People NOBODY = new People(List.of());

  private final NewsLog log = new NewsLog("e1", 1);

  private static AccessGrant grant(
      String id, long revision, PermissionName permission, Instant end) {
    return grant(id, revision, new Scope(permission, List.of()), end);
  }

  private static AccessGrant grant(String id, long revision, Scope scope, Instant end) {
    Subject ana =
        new Subject(
            "arn:aws:iam::111122223333:role/x",
            Optional.of(RoleId.parse("AROAEXAMPLE000000001")),
            Optional.of("corp/ana"));
    return new AccessGrant(
        id,
        new AccessGrant.Origin("r-" + id, ana, false),
        ana,
        scope,
        new Period(Instant.EPOCH, end),
        new AccessGrant.Standing(
            dev.rolecall.service.request.GrantState.ACTIVE,
            revision,
            1,
            Optional.empty(),
            Optional.empty()));
  }

  private static AccessLock lock(String id, long revision, boolean lifted) {
    Act act = new Act(Subject.of("oidc:okta:1"), Instant.EPOCH, Optional.empty());
    return new AccessLock(
        id,
        revision,
        LockTarget.person("corp/ana"),
        AccessLock.Limits.NONE,
        act,
        lifted ? Optional.of(act) : Optional.empty());
  }

  private void take(long revision, AccessGrant... grants) {
    log.take(
        new News(
            new Position("e1", revision, Instant.EPOCH),
            List.of(grants),
            List.of(),
            List.of(),
            false,
            false));
  }

  private void take(AccessLock lock) {
    log.take(
        new News(
            new Position("e1", lock.revision(), Instant.EPOCH),
            List.of(),
            List.of(lock),
            List.of(),
            false,
            false));
  }

  private FeedCursor cursor(String epoch, long after) {
    return new FeedCursor(log, new Subscription("n", Set.of(ADMIN), epoch, after), NOBODY);
  }

  private static List<FeedMessage> drained(FeedCursor cursor) {
    List<FeedMessage> all = new ArrayList<>();
    for (FeedMessage.Builder next = cursor.next(); next != null; next = cursor.next()) {
      all.add(next.build());
    }
    return all;
  }

  @Test
  void i14_tenThousandChangesThatNobodyReads_keepOneEntryEach() {
    FeedCursor slow = cursor("", 0);
    slow.next();
    for (int i = 1; i <= 10_000; i++) {
      take(i, grant("g" + i % 10, i, ADMIN, END));
    }

    assertThat(log.size()).isEqualTo(10);
    List<FeedMessage> heard = drained(slow);
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).getGrantsList())
        .extracting(GrantState::getRevision)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(9_991, 10_000).asLongStream().boxed().toList());
  }

  @Test
  void snapshot_ofMany_comesInBoundedMessages() {
    for (int i = 1; i <= 2_500; i++) {
      take(i, grant("g" + i, i, ADMIN, END));
    }

    List<FeedMessage> heard = drained(cursor("e1", 0));

    assertThat(heard).extracting(FeedMessage::getGrantsCount).containsExactly(1_000, 1_000, 500);
    assertThat(heard).extracting(FeedMessage::getMore).containsExactly(true, true, false);
    assertThat(heard).extracting(FeedMessage::getReset).containsExactly(true, false, false);
    assertThat(heard.get(2).getRevision()).isEqualTo(2_500);
  }

  @Test
  void messages_ofLargeGrants_stayUnderGrpcsLimit() {
    List<ResourceName> resources =
        IntStream.range(0, 100)
            .mapToObj(i -> ResourceName.of("a".repeat(90) + "/" + "b".repeat(90) + i))
            .toList();
    for (int i = 1; i <= 400; i++) {
      take(i, grant("g" + i, i, new Scope(ADMIN, resources), END));
    }

    List<FeedMessage> heard = drained(cursor("", 0));

    assertThat(heard).hasSizeGreaterThan(4);
    assertThat(heard).allMatch(message -> message.getSerializedSize() < 2 << 20);
  }

  @Test
  void changesDuringASnapshot_areHeardAtTheirNewPlace() {
    for (int i = 1; i <= 1_500; i++) {
      take(i, grant("g" + i, i, ADMIN, END));
    }
    FeedCursor cursor = cursor("", 0);
    Map<String, Long> heard = new HashMap<>();
    note(heard, requireNonNull(cursor.next()));
    take(1_501, grant("g1", 1_501, ADMIN, END));
    take(1_502, grant("g1400", 1_502, ADMIN, END));
    for (FeedMessage.Builder next = cursor.next(); next != null; next = cursor.next()) {
      note(heard, next);
    }

    assertThat(heard).hasSize(1_500).containsEntry("g1", 1_501L).containsEntry("g1400", 1_502L);
  }

  private static void note(Map<String, Long> heard, FeedMessage.Builder message) {
    message.getGrantsList().forEach(grant -> heard.put(grant.getId(), grant.getRevision()));
  }

  @Test
  void cursor_beyondThisNode_waitsUntilTheNodeIsThere() {
    take(5, grant("g1", 5, ADMIN, END));
    FeedCursor ahead = cursor("e1", 8);

    assertThat(ahead.next()).isNull();
    assertThat(ahead.heartbeat()).isNull();
    take(9, grant("g2", 9, ADMIN, END));
    assertThat(drained(ahead)).singleElement().matches(message -> message.getGrantsCount() == 1);
  }

  @Test
  void cursor_withNothingNew_saysSoOnceAndThenBeats() {
    take(5, grant("g1", 5, PermissionName.of("other"), END));
    FeedCursor cursor = cursor("e1", 5);

    assertThat(drained(cursor)).singleElement().matches(message -> !message.getReset());
    assertThat(cursor.heartbeat()).matches(beat -> beat.getRevision() == 5);
  }

  @Test
  void endedGrants_areForgottenAndResumingNeedsThemNot() {
    take(3, grant("old", 3, ADMIN, Instant.ofEpochMilli(1_000)), grant("new", 2, ADMIN, END));

    log.forget(1_000);

    assertThat(log.size()).isEqualTo(1);
    assertThat(log.canResumeFrom(1)).isTrue();
  }

  @Test
  void liftedLock_isToldForLongAndThenHasLateSubscribersBeginAnew() {
    take(lock("l1", 2, false));
    take(lock("l1", 3, true));
    assertThat(log.locks()).isEmpty();
    assertThat(drained(cursor("e1", 2)).get(0).getLocks(0).getUnlocked()).isTrue();

    take(NewsLog.LIFTED_LOCKS_KEPT + 3, grant("g", NewsLog.LIFTED_LOCKS_KEPT + 3, ADMIN, END));
    log.forget(0);

    assertThat(log.canResumeFrom(2)).isFalse();
    assertThat(log.canResumeFrom(3)).isTrue();
    assertThat(drained(cursor("e1", 2)).get(0).getReset()).isTrue();
  }
}
