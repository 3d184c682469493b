package dev.rolecall.service;

import static dev.rolecall.service.StatedCallers.ANA;
import static dev.rolecall.service.StatedCallers.ANA_AS_LEAD;
import static dev.rolecall.service.StatedCallers.BATCH;
import static dev.rolecall.service.StatedCallers.BEN;
import static dev.rolecall.service.StatedCallers.IMPOSTOR;
import static dev.rolecall.service.StatedCallers.LEE;
import static dev.rolecall.service.StatedCallers.LEE_AS_ENGINEER;
import static dev.rolecall.service.StatedCallers.MAX;
import static dev.rolecall.service.StatedCallers.PAT;
import static dev.rolecall.service.StatedCallers.SECURITY;
import static dev.rolecall.service.Steps.minutes;
import static dev.rolecall.service.Steps.ordersAdmin;
import static dev.rolecall.service.Steps.ordersRead;
import static dev.rolecall.service.Steps.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.grants.v1.AccessRequest;
import dev.rolecall.grants.v1.Decision;
import dev.rolecall.grants.v1.ExtendGrantRequest;
import dev.rolecall.grants.v1.Grant;
import dev.rolecall.grants.v1.GrantStatus;
import dev.rolecall.grants.v1.ListAccessRequestsRequest;
import dev.rolecall.grants.v1.PostReview;
import dev.rolecall.grants.v1.RequestState;
import dev.rolecall.grants.v1.ReviewAccessRequest;
import dev.rolecall.grants.v1.ReviewBreakGlassRequest;
import dev.rolecall.identity.Caller;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests from the asking to the end of the grant, by the rules. */
class RequestFlowTest extends OnOneNode {

  @Test
  void request_approvedByTheQuorum_becomesAGrantOfThePerson() {
    AccessRequest asked = steps.ask(ANA, ordersAdmin());

    assertThat(asked.getState()).isEqualTo(RequestState.PENDING);
    assertThat(asked.getQuorum()).isEqualTo(2);
    assertThat(asked.getRequester().getPerson()).isEqualTo("corp/ana@example.com");
    assertThat(steps.approve(LEE, asked.getId()).getState()).isEqualTo(RequestState.PENDING);
    AccessRequest approved = steps.approve(MAX, asked.getId());
    assertThat(approved.getState()).isEqualTo(RequestState.APPROVED);
    Grant grant = steps.grant(ANA, approved.getGrantId());
    assertThat(grant.getState()).isEqualTo(GrantStatus.ACTIVE);
    assertThat(grant.getHolder().getRoleId()).isEqualTo(StatedCallers.ENGINEER_ID);
    assertThat(Steps.millis(grant.getEndsAt()) - Steps.millis(grant.getStartsAt()))
        .isEqualTo(3_600_000);
  }

  @Test
  void i8_onePersonByTwoRoles_hasOneVote() {
    AccessRequest asked = steps.ask(BATCH, ordersRead().setPermission("payroll"));
    steps.approve(LEE, asked.getId());

    Failed again = Failed.of(() -> steps.approve(LEE_AS_ENGINEER, asked.getId()));

    assertThat(again.reason()).isEqualTo("ALREADY_REVIEWED");
    assertThat(steps.approve(BEN, asked.getId()).getState()).isEqualTo(RequestState.APPROVED);
  }

  @Test
  void i9_theRequester_reviewsNothingOfItsOwnByAnotherPermissionSet() {
    AccessRequest asked = steps.ask(ANA, ordersAdmin());

    assertThat(Failed.of(() -> steps.approve(ANA_AS_LEAD, asked.getId())).reason())
        .isEqualTo("OWN_REQUEST");
  }

  @Test
  void i9_theBeneficiary_reviewsNothingItGainsFrom() {
    AccessRequest asked =
        steps.ask(
            ANA,
            ordersAdmin()
                .setBeneficiary("corp/Max@example.com")
                .setBeneficiaryPermissionSet("Lead"));

    assertThat(asked.getBeneficiary().getPerson()).isEqualTo("corp/max@example.com");
    assertThat(Failed.of(() -> steps.approve(MAX, asked.getId())).reason())
        .isEqualTo("OWN_REQUEST");
    assertThat(steps.approve(LEE, asked.getId()).getState()).isEqualTo(RequestState.PENDING);
  }

  @Test
  void i9_anAdministrator_isNoReviewer() {
    AccessRequest asked = steps.ask(ANA, ordersAdmin());

    Failed refused = Failed.of(() -> steps.approve(SECURITY, asked.getId()));

    assertThat(refused.sentence()).startsWith("METHOD_NOT_ALLOWED");
  }

  @Test
  void i7_anExtension_movesTheEndOfTheSameGrant() {
    Grant grant = steps.granted(BATCH);
    AccessRequest asked = extend(BATCH, grant.getId(), 60);

    assertThat(asked.getExtension()).isTrue();
    steps.approve(MAX, asked.getId());

    Grant later = steps.grant(BATCH, grant.getId());
    assertThat(later.getVersion()).isEqualTo(grant.getVersion() + 1);
    assertThat(Steps.millis(later.getEndsAt())).isGreaterThan(Steps.millis(grant.getEndsAt()));
    assertThat(later.getStartsAt()).isEqualTo(grant.getStartsAt());
  }

  @Test
  void i7_anExtension_isAtMostTheRulesMaximumAndNeverAfterTheEnd() {
    Grant grant = steps.granted(BATCH);

    assertThat(Failed.of(() -> extend(BATCH, grant.getId(), 61)).reason())
        .isEqualTo("DURATION_NOT_ALLOWED");
    AccessRequest asked = extend(BATCH, grant.getId(), 60);
    steps.revoke(BATCH, grant.getId());
    assertThat(Failed.of(() -> steps.approve(MAX, asked.getId())).reason())
        .isEqualTo("GRANT_ENDED");
    assertThat(Failed.of(() -> extend(BATCH, grant.getId(), 60)).reason()).isEqualTo("GRANT_ENDED");
    assertThat(steps.grant(BATCH, grant.getId()).getState()).isEqualTo(GrantStatus.REVOKED);
  }

  private static AccessRequest extend(Caller caller, String grant, long minutes) {
    return node.as(caller)
        .extendGrant(
            ExtendGrantRequest.newBuilder()
                .setGrantId(grant)
                .setDuration(minutes(minutes))
                .setReason("not done yet")
                .build());
  }

  @Test
  void i13_theSameKey_isTheSameRequestAndOtherContentIsRefused() {
    AccessRequest first = steps.ask(ANA, ordersRead().setIdempotencyKey("k-1"));

    assertThat(steps.ask(ANA, ordersRead().setIdempotencyKey("k-1"))).isEqualTo(first);
    Failed other =
        Failed.of(() -> steps.ask(ANA, ordersRead().setIdempotencyKey("k-1").setReason("another")));
    assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_USED");
    assertThat(other.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(steps.ask(BEN, ordersRead().setIdempotencyKey("k-1")).getId())
        .isNotEqualTo(first.getId());
  }

  @Test
  void i13_aRetry_isAnsweredWhateverTheRulesSayByNow(@TempDir Path own) {
    try (AccessNode changing = AccessNode.start(own)) {
      Steps there = new Steps(changing);
      AccessRequest first = there.ask(ANA, ordersRead().setIdempotencyKey("k-1"));
      changing.replaceRules(AccessNode.RULES.replace("max_duration: 1h", "max_duration: 10m"));
      soon()
          .untilAsserted(
              () ->
                  assertThat(Failed.of(() -> there.ask(BEN, ordersRead())).reason())
                      .isEqualTo("DURATION_NOT_ALLOWED"));

      assertThat(there.ask(ANA, ordersRead().setIdempotencyKey("k-1"))).isEqualTo(first);
      assertThat(Failed.of(() -> there.ask(ANA, ordersRead().setIdempotencyKey("k-2"))).reason())
          .isEqualTo("DURATION_NOT_ALLOWED");
    }
  }

  @Test
  void i17_emergencyAccess_holdsAtOnceAndBlocksTheNextUntilItsReview() {
    AccessRequest broken =
        steps.ask(PAT, ordersAdmin().setBreakGlass(true).setDuration(minutes(30)));

    assertThat(broken.getState()).isEqualTo(RequestState.APPROVED);
    Grant grant = steps.grant(PAT, broken.getGrantId());
    assertThat(grant.getPostReview()).isEqualTo(PostReview.REQUIRED);
    assertThat(
            Failed.of(
                    () -> steps.ask(PAT, ordersAdmin().setBreakGlass(true).setDuration(minutes(5))))
                .reason())
        .isEqualTo("REVIEW_OUTSTANDING");
    assertThat(Failed.of(() -> afterwards(PAT, grant, PostReview.ACKNOWLEDGED)).reason())
        .isEqualTo("OWN_REQUEST");
    assertThat(reviewable(LEE)).contains(broken.getId());
    assertThat(reviewable(SECURITY)).contains(broken.getId());
    assertThat(reviewable(PAT)).doesNotContain(broken.getId());
    Grant flagged = afterwards(LEE, grant, PostReview.FLAGGED);
    assertThat(reviewable(LEE)).doesNotContain(broken.getId());
    assertThat(flagged.getState()).isEqualTo(GrantStatus.REVOKED);
    Failed barred =
        Failed.of(() -> steps.ask(PAT, ordersAdmin().setBreakGlass(true).setDuration(minutes(5))));
    assertThat(barred.reason()).isEqualTo("BREAK_GLASS_FLAGGED");
    assertThat(Failed.of(() -> afterwards(MAX, grant, PostReview.ACKNOWLEDGED)).reason())
        .isEqualTo("NO_REVIEW_DUE");
    assertThat(afterwards(SECURITY, grant, PostReview.ACKNOWLEDGED).getState())
        .isEqualTo(GrantStatus.REVOKED);
    assertThat(steps.ask(PAT, ordersAdmin().setBreakGlass(true).setDuration(minutes(5))).getState())
        .isEqualTo(RequestState.APPROVED);
  }

  @Test
  void i17_emergencyAccess_isReviewedByAnAdministratorToo() {
    AccessRequest broken =
        steps.ask(MAX, ordersAdmin().setBreakGlass(true).setDuration(minutes(5)));
    Grant grant = steps.grant(MAX, broken.getGrantId());

    assertThat(Failed.of(() -> afterwards(BEN, grant, PostReview.ACKNOWLEDGED)).reason())
        .isNotEqualTo("DEFECT");
    assertThat(afterwards(SECURITY, grant, PostReview.ACKNOWLEDGED).getPostReview())
        .isEqualTo(PostReview.ACKNOWLEDGED);
  }

  @Test
  void i17_emergencyAccess_isShortAndHasAReason() {
    assertThat(
            Failed.of(
                    () ->
                        steps.ask(BEN, ordersAdmin().setBreakGlass(true).setDuration(minutes(31))))
                .sentence())
        .contains("31m")
        .contains("1m to 30m");
    assertThat(
            Failed.of(
                    () ->
                        steps.ask(
                            BEN,
                            ordersAdmin()
                                .setBreakGlass(true)
                                .setDuration(minutes(5))
                                .setReason("  ")))
                .reason())
        .isEqualTo("REASON_REQUIRED");
    assertThat(Failed.of(() -> steps.ask(BATCH, ordersRead().setBreakGlass(true))).reason())
        .isEqualTo("BREAK_GLASS_NOT_OFFERED");
  }

  private static List<String> reviewable(Caller caller) {
    return node
        .as(caller)
        .listAccessRequests(ListAccessRequestsRequest.newBuilder().setReviewable(true).build())
        .getRequestsList()
        .stream()
        .map(AccessRequest::getId)
        .toList();
  }

  private static Grant afterwards(Caller reviewer, Grant grant, PostReview decision) {
    return node.as(reviewer)
        .reviewBreakGlass(
            ReviewBreakGlassRequest.newBuilder()
                .setGrantId(grant.getId())
                .setDecision(decision)
                .setReason("seen")
                .build());
  }

  @Test
  void review_thatNarrows_givesTheNarrowestAndNoneWidens() {
    AccessRequest asked = steps.ask(ANA, ordersRead());
    ReviewAccessRequest.Builder review =
        ReviewAccessRequest.newBuilder().setId(asked.getId()).setDecision(Decision.APPROVE);

    assertThat(
            Failed.of(() -> node.as(LEE).reviewAccess(review.setDuration(minutes(31)).build()))
                .reason())
        .isEqualTo("REVIEW_WIDENS");
    AccessRequest approved = node.as(LEE).reviewAccess(review.setDuration(minutes(10)).build());
    Grant grant = steps.grant(ANA, approved.getGrantId());
    assertThat(Steps.millis(grant.getEndsAt()) - Steps.millis(grant.getStartsAt()))
        .isEqualTo(600_000);
  }

  @Test
  void review_ofAnOldRevision_isRefused() {
    AccessRequest asked = steps.ask(BEN, ordersAdmin());
    steps.approve(LEE, asked.getId());

    Failed moved =
        Failed.of(
            () ->
                node.as(MAX)
                    .reviewAccess(
                        ReviewAccessRequest.newBuilder()
                            .setId(asked.getId())
                            .setDecision(Decision.APPROVE)
                            .setExpectedRevision(asked.getRevision())
                            .build()));

    assertThat(moved.reason()).isEqualTo("REVISION_MISMATCH");
    assertThat(moved.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void denial_withoutAReason_isRefusedAndWithOneIsFinal() {
    AccessRequest asked = steps.ask(BEN, ordersRead());

    assertThat(
            Failed.of(
                    () ->
                        node.as(LEE)
                            .reviewAccess(
                                ReviewAccessRequest.newBuilder()
                                    .setId(asked.getId())
                                    .setDecision(Decision.DENY)
                                    .build()))
                .reason())
        .isEqualTo("ARGUMENT_INVALID");
    assertThat(steps.review(LEE, asked.getId(), Decision.DENY).getState())
        .isEqualTo(RequestState.DENIED);
    assertThat(Failed.of(() -> steps.approve(MAX, asked.getId())).reason())
        .isEqualTo("REQUEST_NOT_PENDING");
  }

  @Test
  void request_thatIsOnlyTried_isNotKept() {
    AccessRequest tried = steps.ask(ANA, ordersAdmin().setValidateOnly(true));

    assertThat(tried.getId()).isEmpty();
    assertThat(tried.getQuorum()).isEqualTo(2);
    assertThat(
            Failed.of(() -> steps.ask(ANA, ordersAdmin().setTicket("X-1").setValidateOnly(true)))
                .sentence())
        .contains("OPS-*");
  }

  @Test
  void request_withAStart_isHeldToTheRulesAndScheduled() {
    long now = System.currentTimeMillis();

    assertThat(
            Failed.of(
                    () ->
                        steps.ask(
                            ANA, ordersAdmin().setStartsAt(Steps.time(now + 8 * 86_400_000L))))
                .reason())
        .isEqualTo("START_NOT_ALLOWED");
    assertThat(
            Failed.of(() -> steps.ask(ANA, ordersRead().setStartsAt(Steps.time(now + 3_600_000))))
                .sentence())
        .contains("cannot be scheduled");
    assertThat(
            Failed.of(
                    () ->
                        steps.ask(
                            ANA,
                            ordersAdmin()
                                .setStartsAt(Steps.time(now - 60_000))
                                .setValidateOnly(true)))
                .reason())
        .isEqualTo("START_NOT_ALLOWED");
    AccessRequest asked = steps.ask(ANA, ordersAdmin().setStartsAt(Steps.time(now + 3_600_000)));
    steps.approve(LEE, asked.getId());
    AccessRequest approved = steps.approve(MAX, asked.getId());
    assertThat(steps.grant(ANA, approved.getGrantId()).getState()).isEqualTo(GrantStatus.SCHEDULED);
  }

  @Test
  void caller_ofARoleMadeAnew_isNoPerson() {
    Failed refused = Failed.of(() -> steps.ask(IMPOSTOR, ordersAdmin()));

    assertThat(refused.reason()).isEqualTo("PERMISSION_NOT_OFFERED");
    assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void i10_rulesThatChangeInMidVote_onlyNarrowWhoCounts(@TempDir Path own) {
    try (AccessNode changing = AccessNode.start(own)) {
      Steps there = new Steps(changing);
      AccessRequest asked = there.ask(ANA, ordersAdmin());
      there.approve(LEE, asked.getId());
      // One approval would do now, and engineers may review; neither counts for what was asked.
      changing.replaceRules(
          AccessNode.RULES
              .replace("quorum: 2", "quorum: 1")
              .replace(
                  "reviewers: [{directory: corp, permission_set: Lead}]\n    quorum",
                  "reviewers: [{directory: corp}]\n    quorum"));
      soon()
          .untilAsserted(
              () ->
                  assertThat(
                          changing
                              .node()
                              .rules()
                              .rules()
                              .values()
                              .iterator()
                              .next()
                              .reviewing()
                              .quorum())
                      .isEqualTo(1));
      assertThat(Failed.of(() -> there.approve(BEN, asked.getId())).reason())
          .isEqualTo("NOT_A_REVIEWER");
      assertThat(there.approve(MAX, asked.getId()).getState()).isEqualTo(RequestState.APPROVED);

      AccessRequest second = there.ask(ANA, ordersRead());
      changing.replaceRules(
          AccessNode.RULES.replace(
              "reviewers: [{directory: corp, permission_set: Lead}]\n    max",
              "reviewers: [{role: \"arn:aws:iam::111122223333:role/batch\"}]\n    max"));
      soon()
          .untilAsserted(
              () ->
                  assertThat(Failed.of(() -> there.approve(LEE, second.getId())).reason())
                      .isIn("NOT_A_REVIEWER", "METHOD_NOT_ALLOWED", "REQUEST_NOT_FOUND"));
      // The guard lets the role in once it follows the rules too, a moment after they are in force.
      soon()
          .untilAsserted(
              () ->
                  assertThat(Failed.of(() -> there.approve(BATCH, second.getId())).reason())
                      .isEqualTo("NOT_A_REVIEWER"));
    }
  }
}
