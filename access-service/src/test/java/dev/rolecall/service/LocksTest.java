package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.ANA_AS_LEAD;
import static dev.rolecall.service.StatedCallers.BATCH;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.StatedCallers.ORDERS;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.StatedCallers.UNKNOWN_ENGINEER;
import static dev.rolecall.service.Steps.lockOf;
import static dev.rolecall.service.Steps.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.FeedLock;
import dev.rolecall.grants.v1.FeedMessage;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.ListLocksRequest;
import dev.rolecall.grants.v1.ListPermissionsRequest;
import dev.rolecall.grants.v1.LockRequest;
import dev.rolecall.grants.v1.LockState;
import dev.rolecall.grants.v1.LockTarget;
import dev.rolecall.grants.v1.Locked;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.Subject;
import dev.rolecall.grants.v1.ValidateAccessRequest;
import dev.rolecall.grants.v1.ValidateAccessResponse;
import dev.rolecall.grants.v1.WhoAmIRequest;
import dev.rolecall.grants.v1.WhoAmIResponse;
import dev.rolecall.identity.Caller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** I18: locks, at the service itself, in its feed, and for servers that ask it. */
class LocksTest extends OnOneNode {

  @AfterEach
  void unlockAll() {
    node.as(SECURITY)
        .listLocks(ListLocksRequest.getDefaultInstance())
        .getLocksList()
        .forEach(lock -> steps.unlock(lock.getId()));
  }

  private static LockTarget.Builder person(String person) {
    return LockTarget.newBuilder().setPerson(person);
  }

  private static String permissions(Caller caller) {
    try {
      node.as(caller).listPermissions(ListPermissionsRequest.getDefaultInstance());
      return "answered";
    } catch (StatusRuntimeException e) {
      return Failed.of(e).reason();
    }
  }

  @Test
  void i18_aLockedPerson_getsNothingByAnyRoleAndOthersGoOn() {
    steps.lock(lockOf("corp/Ana@Example.com"));

    soon().untilAsserted(() -> assertThat(permissions(ANA)).isEqualTo("CALLER_LOCKED"));
    assertThat(permissions(ANA_AS_LEAD)).isEqualTo("CALLER_LOCKED");
    assertThat(permissions(BEN)).isEqualTo("answered");
    WhoAmIResponse locked = node.as(ANA).whoAmI(WhoAmIRequest.getDefaultInstance());
    assertThat(locked.getCaller().getPerson()).isEqualTo("corp/ana@example.com");
    assertThat(locked.getLocked()).isTrue();
    assertThat(node.as(BEN).whoAmI(WhoAmIRequest.getDefaultInstance()).getLocked()).isFalse();
  }

  @Test
  void i18_anUnknownCallerOfTheRole_isLockedWithThePerson() {
    LockState lock = steps.lock(lockOf("corp/ana@example.com"));

    assertThat(lock.getAlsoHitsList()).hasSize(1);
    soon().untilAsserted(() -> assertThat(permissions(ANA)).isEqualTo("CALLER_LOCKED"));
    assertThat(permissions(UNKNOWN_ENGINEER)).isEqualTo("CALLER_LOCKED");
    steps.unlock(lock.getId());
    soon().untilAsserted(() -> assertThat(permissions(ANA)).isEqualTo("answered"));
    assertThat(permissions(UNKNOWN_ENGINEER)).isEqualTo("answered");
  }

  @Test
  void i18_aLockedRole_getsNothing() {
    steps.lock(
        lockOf(
            LockTarget.newBuilder()
                .setRoleId("AROABATCH00000000001")
                .setRoleArn(StatedCallers.ACCOUNT + "batch")));

    soon().untilAsserted(() -> assertThat(permissions(BATCH)).isEqualTo("CALLER_LOCKED"));
    assertThat(permissions(LEE)).isEqualTo("answered");
  }

  @Test
  void i18_aLockedAccessKey_getsNothingAndAnotherGoesOn() {
    steps.lock(
        lockOf(
            LockTarget.newBuilder()
                .setAccessKeyId("ASIAENGINEER00000001")
                .setRoleArn(StatedCallers.ACCOUNT + StatedCallers.ENGINEER)));

    soon().untilAsserted(() -> assertThat(permissions(ANA)).isEqualTo("CALLER_LOCKED"));
    assertThat(permissions(UNKNOWN_ENGINEER)).isEqualTo("CALLER_LOCKED");
    assertThat(permissions(ANA_AS_LEAD)).isEqualTo("answered");
  }

  @Test
  void i18_aLock_isToldToEnforcersAndUndone() {
    try (FeedClient feed = FeedClient.subscribe(node, "locked")) {
      LockState lock = steps.lock(lockOf("corp/ben@example.com"));

      soon().until(() -> heard(feed, lock.getId(), false).isPresent());
      assertThat(heard(feed, lock.getId(), false).orElseThrow().getLockedList())
          .hasSize(2)
          .contains(
              Locked.newBuilder()
                  .setPrincipal("sso:111122223333:Engineer")
                  .setRoleId(StatedCallers.ENGINEER_ID)
                  .setSessionName("ben@example.com")
                  .build());
      steps.unlock(lock.getId());
      soon().until(() -> heard(feed, lock.getId(), true).isPresent());
    }
  }

  @Test
  void i18_aLockedEnforcer_isCutOffTheFeed() {
    try (FeedClient feed = FeedClient.subscribe(node, "locked out")) {
      soon().until(() -> !feed.heard().isEmpty());

      steps.lock(
          lockOf(
              LockTarget.newBuilder()
                  .setRoleId("AROAORDERS0000000001")
                  .setRoleArn(StatedCallers.ACCOUNT + "orders")));

      soon().until(() -> feed.failure() != null);
      assertThat(feed.failureCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }
  }

  private static Optional<FeedLock> heard(FeedClient feed, String id, boolean unlocked) {
    return feed.heard().stream()
        .map(FeedMessage::getLocksList)
        .flatMap(List::stream)
        .filter(lock -> lock.getId().equals(id) && lock.getUnlocked() == unlocked)
        .findFirst();
  }

  @Test
  void i18_approvalOfAReviewerWhoIsLockedSince_doesNotCount() {
    AccessRequest asked = steps.ask(BEN, Steps.ordersAdmin());
    steps.approve(ANA_AS_LEAD, asked.getId());
    steps.lock(lockOf("corp/ana@example.com"));
    soon().untilAsserted(() -> assertThat(permissions(ANA_AS_LEAD)).isEqualTo("CALLER_LOCKED"));

    assertThat(steps.approve(LEE, asked.getId()).getState()).isEqualTo(RequestState.PENDING);
  }

  @Test
  void i18_oldSessions_areLockedAndNewOnesAreNot() {
    Caller old = StatedCallers.subject("00uOld", 1_000);
    Caller fresh = StatedCallers.subject("00uOld", 3_000);
    Caller other = StatedCallers.subject("00uold", 1_000);
    node.as(SECURITY)
        .lock(
            LockRequest.newBuilder()
                .setTarget(person("out/00uOld"))
                .setReason("signed out everywhere")
                .setIssuedBefore(Steps.time(2_000_000))
                .build());

    soon().untilAsserted(() -> assertThat(permissions(old)).isEqualTo("CALLER_LOCKED"));
    assertThat(permissions(fresh)).isEqualTo("answered");
    assertThat(permissions(other)).isEqualTo("answered");
  }

  @Test
  void lock_thatCannotBeMeant_isRefusedWithWhatWouldBeRight() {
    assertThat(refused(LockTarget.newBuilder()).sentence()).contains("one of person, role_id");
    assertThat(refused(person("corp/ana").setRoleId("AROABATCH00000000001")).sentence())
        .contains("2 of them");
    assertThat(refused(person("nowhere/ana")).sentence()).contains("a directory of the rules");
    assertThat(refused(LockTarget.newBuilder().setRoleId("AROABATCH00000000001")).sentence())
        .contains("role ARN");
    assertThat(
            refused(
                    LockTarget.newBuilder()
                        .setAccessKeyId("no")
                        .setRoleArn(StatedCallers.ACCOUNT + "batch"))
                .sentence())
        .contains("16 to 128");
    Failed unknown =
        Failed.of(
            () ->
                node.as(SECURITY)
                    .lock(
                        LockRequest.newBuilder()
                            .setTarget(person("corp/ana@example.com"))
                            .setReason("x")
                            .setIssuedBefore(Steps.time(2_000_000))
                            .build()));
    assertThat(unknown.reason()).isEqualTo("ISSUE_TIME_UNKNOWN");
    assertThat(Failed.of(() -> steps.unlock("no-such-lock")).reason()).isEqualTo("LOCK_NOT_FOUND");
  }

  private static Failed refused(LockTarget.Builder target) {
    Failed failed = Failed.of(() -> steps.lock(lockOf(target)));
    assertThat(failed.reason()).isEqualTo("ARGUMENT_INVALID");
    return failed;
  }

  @Test
  void validation_answersByGrantsAndLocks() {
    Grant grant = steps.granted(ANA);
    ValidateAccessRequest ana = validation("Ana@example.com", grant.getRevision());

    ValidateAccessResponse yes = node.as(ORDERS).validateAccess(ana);
    assertThat(yes.getAllowed()).isTrue();
    assertThat(yes.getGrantIdsList()).contains(grant.getId());
    assertThat(yes.getUntil()).isEqualTo(grant.getEndsAt());
    // I16: another person by the same role holds nothing.
    assertThat(node.as(ORDERS).validateAccess(validation("ben@example.com", 0)).getReason())
        .isEqualTo("GRANT_REQUIRED");
    LockState lock = steps.lock(lockOf("corp/ana@example.com"));
    assertThat(
            node.as(ORDERS)
                .validateAccess(validation("ana@example.com", lock.getRevision()))
                .getReason())
        .isEqualTo("CALLER_LOCKED");
    long unlocked = steps.unlock(lock.getId()).getRevision();
    assertThat(node.as(ORDERS).validateAccess(validation("ana@example.com", unlocked)).getAllowed())
        .isTrue();
    long revoked = steps.revoke(ANA, grant.getId()).getGrant().getRevision();
    assertThat(node.as(ORDERS).validateAccess(validation("ana@example.com", revoked)).getReason())
        .isEqualTo("GRANT_REVOKED");
    Failed ahead =
        Failed.of(
            () -> node.as(ORDERS).validateAccess(validation("ana@example.com", revoked + 1_000)));
    assertThat(ahead.reason()).isEqualTo("REVISION_NOT_REACHED");
    assertThat(ahead.code()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private static ValidateAccessRequest validation(String session, long revision) {
    return ValidateAccessRequest.newBuilder()
        .setCaller(
            Subject.newBuilder()
                .setPrincipal(StatedCallers.ACCOUNT + StatedCallers.ENGINEER)
                .setRoleId(StatedCallers.ENGINEER_ID))
        .setSessionName(session)
        .setPermission("orders-read")
        .setAtLeastRevision(revision)
        .build();
  }
}
