package dev.rolecall.service.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.Act;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.Period;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.GrantSight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims to tokens: by whom, of what, and for how long. */
class TokenClaimTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45.900Z");
  private static final String ENGINEER = "arn:aws:iam::111122223333:role/Engineer";
  private static final String ENGINEER_ID = "AROAENGINEER00001";
  private static final Subject ANA = person(ENGINEER, ENGINEER_ID, "corp/ana");
  private static final Caller ANA_CALLS = session(ENGINEER, ENGINEER_ID, "Ana");
  private static final CallerLocks NO_LOCK = (lock, caller) -> false;

  private static Subject person(String arn, String id, String person) {
    return new Subject(arn, Optional.of(RoleId.parse(id)), Optional.of(person));
  }

  private static Caller session(String arn, String id, String session) {
    return Caller.of(
        IamRole.of(arn, id),
        Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, session),
        Instant.MAX);
  }

  private static Caller without(Principal principal) {
    return Caller.of(
        principal, Evidence.of("aws-jwt", Evidence.Carrier.CALL_METADATA), Instant.MAX);
  }

  private static AccessGrant grant(
      Subject holder, GrantState state, Instant endsAt, String... resources) {
    return new AccessGrant(
        "grant-1",
        new AccessGrant.Origin("request-1", holder, false),
        holder,
        new Scope(
            PermissionName.of("orders-admin"),
            List.of(resources).stream().map(ResourceName::of).toList()),
        new Period(NOW.minus(Duration.ofDays(1)), endsAt),
        new AccessGrant.Standing(state, 7, 3, Optional.empty(), Optional.empty()));
  }

  private static AccessGrant active(Subject holder, String... resources) {
    return grant(holder, GrantState.ACTIVE, NOW.plus(Duration.ofHours(1)), resources);
  }

  private static GrantSight sight(AccessGrant grant, AccessLock... locks) {
    return new GrantSight(grant, List.of(locks), NOW);
  }

  private static TokenJudgement judge(Caller caller, Subject subject, AccessGrant grant) {
    return new TokenClaim("access", caller, subject, "grant-1", NO_LOCK).judge(sight(grant));
  }

  private static GrantTokenClaims granted(TokenJudgement judgement) {
    return judgement.fold(
        claims -> claims,
        failure -> {
          throw new AssertionError("refused: " + failure);
        });
  }

  private static AccessFailure refused(TokenJudgement judgement) {
    return judgement.fold(
        claims -> {
          throw new AssertionError("granted: " + claims);
        },
        failure -> failure);
  }

  @Test
  void judge_holder_hasTheGrantsOwnClaims() {
    GrantTokenClaims claims = granted(judge(ANA_CALLS, ANA, active(ANA, "orders/us", "orders/eu")));

    assertThat(claims.issuer()).isEqualTo("access");
    assertThat(claims.grant()).isEqualTo(new GrantTokenClaims.GrantRef("grant-1", 3));
    assertThat(claims.scope().permission()).isEqualTo(PermissionName.of("orders-admin"));
    assertThat(claims.scope().resources())
        .containsExactlyInAnyOrder(ResourceName.of("orders/eu"), ResourceName.of("orders/us"));
    assertThat(claims.holder().principal()).isEqualTo(ENGINEER);
    assertThat(claims.holder().roleId()).isEqualTo(ENGINEER_ID);
    assertThat(claims.holder().session()).isEqualTo("ana");
  }

  @Test
  void judge_roleAsHolder_namesNoSession() {
    String arn = "arn:aws:iam::111122223333:role/batch";
    Subject batch =
        new Subject(arn, Optional.of(RoleId.parse("AROABATCH00000001")), Optional.empty());
    GrantTokenClaims claims =
        granted(judge(session(arn, "AROABATCH00000001", "i-1"), batch, active(batch)));

    assertThat(claims.holder().session()).isEmpty();
    assertThat(claims.scope().resources()).isEmpty();
  }

  @Test
  void judge_subjectOfAToken_namesThePrincipalAlone() {
    OidcSubject cid = OidcSubject.of("okta", "cid");
    Subject subject = new Subject(cid.text(), Optional.empty(), Optional.of("out/cid"));
    GrantTokenClaims claims = granted(judge(without(cid), subject, active(subject)));

    assertThat(claims.holder().principal()).isEqualTo("oidc:okta:cid");
    assertThat(claims.holder().roleId()).isEmpty();
    assertThat(claims.holder().session()).isEmpty();
  }

  /** The end is the store's, rounded down to the second: never after the grant's. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-21T23:18:45.900Z, 2026-11-21T22:23:45Z",
    "2026-11-21T22:23:45.000Z, 2026-11-21T22:23:45Z",
    "2026-11-21T22:23:44.999Z, 2026-11-21T22:23:44Z",
    "2026-11-21T22:20:00.500Z, 2026-11-21T22:20:00Z",
    "2026-11-21T22:18:46.000Z, 2026-11-21T22:18:46Z"
  })
  void judge_restOfTheGrant_boundsTheLife(Instant endsAt, Instant expiry) {
    GrantTokenClaims.Life life =
        granted(judge(ANA_CALLS, ANA, grant(ANA, GrantState.ACTIVE, endsAt))).life();

    assertThat(life.issuedAt()).isEqualTo("2026-11-21T22:18:45Z");
    assertThat(life.expiry()).isEqualTo(expiry);
  }

  @Test
  void judge_endWithinTheSecond_isRefused() {
    AccessGrant grant = grant(ANA, GrantState.ACTIVE, NOW.plusMillis(99));

    assertThat(refused(judge(ANA_CALLS, ANA, grant)).reason()).isEqualTo(FailureReason.GRANT_ENDED);
  }

  @ParameterizedTest
  @CsvSource({"SCHEDULED, GRANT_NOT_STARTED", "EXPIRED, GRANT_ENDED", "REVOKED, GRANT_ENDED"})
  void judge_grantThatDoesNotHold_isRefused(GrantState state, FailureReason reason) {
    AccessGrant grant = grant(ANA, state, NOW.plus(Duration.ofHours(1)));

    assertThat(refused(judge(ANA_CALLS, ANA, grant)).reason()).isEqualTo(reason);
  }

  /** Others hear what a caller hears of a grant that there is not. */
  @ParameterizedTest
  @CsvSource({
    "another session of the role, Engineer, AROAENGINEER00001, ben",
    "another role, Lead, AROALEAD000000001, ana",
    "a role made anew under the name, Engineer, AROAENGINEER00002, ana",
    "a session whose name begins alike, Engineer, AROAENGINEER00001, anamaria"
  })
  void judge_otherCaller_isToldAsOfAnAbsentGrant(
      String who, String role, String id, String session) {
    String arn = "arn:aws:iam::111122223333:role/" + role;
    Subject other = person(arn, id, "other/" + session);
    TokenClaim claim =
        new TokenClaim("access", session(arn, id, session), other, "grant-1", NO_LOCK);

    assertThat(refused(claim.judge(sight(active(ANA))))).isEqualTo(claim.absent());
  }

  @Test
  void judge_roleWithoutIdOrSession_holdsNothing() {
    Caller unknown = without(IamRole.ofUnknownId(RoleArn.parse(ENGINEER)));
    Caller sessionless = without(IamRole.of(ENGINEER, ENGINEER_ID));

    assertThat(refused(judge(unknown, Subject.of(ENGINEER), active(ANA))).reason())
        .isEqualTo(FailureReason.GRANT_NOT_FOUND);
    assertThat(refused(judge(sessionless, Subject.of(ENGINEER), active(ANA))).reason())
        .isEqualTo(FailureReason.GRANT_NOT_FOUND);
  }

  @Test
  void judge_subjectOfAnotherIssuer_holdsNothing() {
    Subject cid = new Subject("oidc:okta:cid", Optional.empty(), Optional.of("out/cid"));
    Caller other = without(OidcSubject.of("other", "cid"));

    assertThat(refused(judge(other, Subject.of("oidc:other:cid"), active(cid))).reason())
        .isEqualTo(FailureReason.GRANT_NOT_FOUND);
  }

  @Test
  void judge_samePersonThroughAnotherRole_isToldWhichRole() {
    String lead = "arn:aws:iam::111122223333:role/Lead";
    Caller anaAsLead = session(lead, "AROALEAD000000001", "ana");
    Subject subject = person(lead, "AROALEAD000000001", "corp/ana");
    AccessFailure failure = refused(judge(anaAsLead, subject, active(ANA)));

    assertThat(failure.reason()).isEqualTo(FailureReason.NOT_THE_HOLDER);
    assertThat(failure.sentence()).contains(ENGINEER);
  }

  @Test
  void judge_lockedCaller_isRefused() {
    AccessLock lock =
        new AccessLock(
            "lock-1",
            8,
            LockTarget.person("corp/ana"),
            AccessLock.Limits.NONE,
            new Act(ANA, NOW, Optional.empty()),
            Optional.empty());
    TokenClaim hit =
        new TokenClaim(
            "access",
            ANA_CALLS,
            ANA,
            "grant-1",
            (each, caller) -> each.equals(lock) && caller.equals(ANA_CALLS));

    assertThat(refused(hit.judge(sight(active(ANA), lock))).reason())
        .isEqualTo(FailureReason.CALLER_LOCKED);
    granted(hit.judge(sight(active(ANA))));
  }
}
