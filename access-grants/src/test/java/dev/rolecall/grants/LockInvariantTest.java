package dev.rolecall.grants;

import static dev.rolecall.identity.RefusalReason.CALLER_LOCKED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.grant.Holding;
import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Invariant I18: a locked person, role, access key or old credential gains nothing. A caller that
 * may be meant, because a part of it is unknown, is locked too.
 */
final class LockInvariantTest {

  private static final String KEY = "ASIAEXAMPLEKEY000001";
  private static final Duration HOUR = Duration.ofHours(1);

  private static final Caller ALICE = Bench.caller("Alice@corp");
  private static final Caller BOB =
      Bench.caller(
          IamRole.of(Bench.ARN, Bench.ROLE),
          Optional.of("bob@corp"),
          Optional.of("ASIAEXAMPLEKEY000002"));
  private static final Caller OTHER_ROLE =
      Bench.caller(
          IamRole.of("arn:aws:iam::111122223333:role/Other", "AROAEXAMPLEOTHERONE1"),
          Optional.of("alice@corp"),
          Optional.of(KEY));
  private static final Caller UNKNOWN = Bench.callerOfUnknown();

  /** The id is known, and neither the session nor the access key. */
  private static final Caller WEB_IDENTITY =
      Bench.caller(
          IamRole.of(Bench.ARN, Bench.ROLE), Optional.empty(), Optional.of("5e0c-jti-of-a-token"));

  private static final Caller SUBJECT = Bench.subject("0oa1");

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private List<Caller> locked() {
    return List.of(ALICE, BOB, OTHER_ROLE, UNKNOWN, WEB_IDENTITY, SUBJECT).stream()
        .filter(bench.grants()::isLocked)
        .toList();
  }

  private void lock(Locked.Builder part) {
    bench.follow();
    bench.tell(Bench.lock("l1", part));
  }

  private static Locked.Builder role() {
    return Locked.newBuilder().setPrincipal(Bench.ARN).setRoleId(Bench.ROLE);
  }

  @Test
  void i18_noLock_locksNobody() {
    bench.follow();
    bench.node.say(bench.message());

    assertThat(locked()).isEmpty();
  }

  @Test
  void i18_lockOfRole_meansItsSessionsAndUnknownOnes() {
    lock(role());

    assertThat(locked()).containsExactly(ALICE, BOB, UNKNOWN, WEB_IDENTITY);
  }

  @Test
  void i18_lockOfRoleByIdAlone_meansEachRoleOfUnknownId() {
    lock(Locked.newBuilder().setRoleId(Bench.ROLE));

    assertThat(locked()).containsExactly(ALICE, BOB, UNKNOWN, WEB_IDENTITY);
  }

  @Test
  void i18_lockOfAnotherRole_meansNoOtherOne() {
    lock(
        Locked.newBuilder()
            .setPrincipal("arn:aws:iam::111122223333:role/Third")
            .setRoleId("AROAEXAMPLETHIRDONE1"));

    assertThat(locked()).isEmpty();
  }

  @Test
  void i18_lockOfPerson_meansHerAndSessionsThatAreUnknown() {
    lock(role().setSessionName("alice@corp"));

    assertThat(locked()).containsExactly(ALICE, UNKNOWN, WEB_IDENTITY);
  }

  /** A lock of a person names the permission set, and the id of its role. */
  @Test
  void i18_lockOfPermissionSet_meansItsRolesOfUnknownId() {
    String arn = "arn:aws:iam::111122223333:role/AWSReservedSSO_Lead_0123456789abcdef";
    Caller lead =
        Bench.caller(
            IamRole.ofUnknownId(RoleArn.parse(arn)), Optional.empty(), Optional.of("a-token-id"));
    lock(
        Locked.newBuilder()
            .setPrincipal("sso:111122223333:Lead")
            .setRoleId("AROAEXAMPLELEADROLE1")
            .setSessionName("alice@corp"));

    assertThat(locked()).isEmpty();
    assertThat(bench.grants().isLocked(lead)).isTrue();
    assertThat(
            bench
                .grants()
                .isLocked(
                    Bench.caller(
                        IamRole.of(arn, "AROAEXAMPLELEADROLE2"),
                        Optional.of("alice@corp"),
                        Optional.empty())))
        .isFalse();
    assertThat(
            bench
                .grants()
                .isLocked(
                    Bench.caller(
                        IamRole.of(arn, "AROAEXAMPLELEADROLE1"),
                        Optional.of("alice@corp"),
                        Optional.empty())))
        .isTrue();
  }

  @Test
  void i18_lockOfNothing_locksNobody() {
    bench.follow();
    bench.tell(FeedLock.newBuilder().setId("l1"));

    assertThat(locked()).isEmpty();
    assertThat(bench.node.ended()).isZero();
  }

  @Test
  void i18_lockOfAccessKey_meansItAndKeysThatAreUnknown() {
    lock(Locked.newBuilder().setPrincipal(Bench.ARN).setAccessKeyId(KEY));

    assertThat(locked()).containsExactly(ALICE, UNKNOWN, WEB_IDENTITY);
  }

  @Test
  void i18_lockOfAccessKeyAlone_meansItInAnyRole() {
    lock(Locked.newBuilder().setAccessKeyId(KEY));

    assertThat(locked()).containsExactly(ALICE, OTHER_ROLE, UNKNOWN, WEB_IDENTITY);
  }

  @Test
  void i18_lockOfSubject_meansItAlone() {
    lock(Locked.newBuilder().setPrincipal("oidc:okta:0oa1"));

    assertThat(locked()).containsExactly(SUBJECT);
  }

  @Test
  void i18_lock_takesEachGrantOfTheCallerAndIsTold() {
    bench.follow();
    bench.tell(bench.roleGrant("g1", HOUR));
    Holding holding = bench.holding(ALICE);
    assertThat(holding.isHeld()).isTrue();
    int round = bench.grants().lockRound();
    int changes = bench.changes();

    bench.tell(Bench.lock("l1", role()));

    assertThat(holding.isHeld()).isFalse();
    assertThat(holding.reason()).isEqualTo(CALLER_LOCKED);
    assertThat(bench.grants().lockRound()).isNotEqualTo(round).isNotNegative();
    assertThat(bench.changes()).isEqualTo(changes + 1);

    bench.tell(Bench.lock("l1", role()).setUnlocked(true));
    assertThat(holding.isHeld()).isTrue();
    assertThat(bench.grants().isLocked(ALICE)).isFalse();
  }

  @Test
  void i18_lockUntil_endsByTimeAndIsTold() {
    bench.follow();
    bench.tell(Bench.lock("l1", role()).setUntilMs(bench.serviceMillis() + 3_000));

    bench.scheduler.pass(Duration.ofMillis(2_999));
    assertThat(bench.grants().isLocked(ALICE)).isTrue();
    int round = bench.grants().lockRound();
    int changes = bench.changes();
    bench.scheduler.pass(Duration.ofMillis(1));

    assertThat(bench.grants().isLocked(ALICE)).isFalse();
    assertThat(bench.grants().lockRound()).isNotEqualTo(round);
    assertThat(bench.changes()).isEqualTo(changes + 1);
  }

  @Test
  void i18_lockOfOneOfTwo_goesOnWithTheOther() {
    bench.follow();
    bench.tell(Bench.lock("l1", role()));
    bench.tell(Bench.lock("l2", role().setSessionName("alice@corp")));

    bench.tell(Bench.lock("l1", role()).setUnlocked(true));

    assertThat(locked()).containsExactly(ALICE, UNKNOWN, WEB_IDENTITY);
  }

  @Test
  void i18_issuedBefore_meansOldCredentialsAndThoseWithoutADate() {
    bench.follow();
    Instant limit = bench.service();
    bench.tell(
        Bench.lock("l1", Locked.newBuilder().setPrincipal("oidc:okta:0oa1"))
            .setIssuedBeforeMs(limit.toEpochMilli() + 500));

    assertThat(bench.grants().isLocked(issued(limit.getEpochSecond() - 1))).isTrue();
    assertThat(bench.grants().isLocked(issued(limit.getEpochSecond()))).isTrue();
    assertThat(bench.grants().isLocked(issued(limit.getEpochSecond() + 1))).isFalse();
    assertThat(bench.grants().isLocked(SUBJECT)).isTrue();
  }

  private static Caller issued(long second) {
    return SUBJECT.with(Attributes.none().withClaims(Map.of("iat", new ClaimValue.Whole(second))));
  }

  @Test
  void i18_outage_keepsTheLastKnownLocks() {
    lock(role());

    bench.scheduler.pass(Duration.ofMinutes(10));

    assertThat(bench.grants().isLocked(ALICE)).isTrue();
    assertThat(bench.holding(ALICE).reason()).isEqualTo(CALLER_LOCKED);
  }
}
