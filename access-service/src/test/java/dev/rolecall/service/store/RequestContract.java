package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.denial;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.narrowed;
import static dev.rolecall.service.store.Asks.person;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.Narrowing;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.request.Vote;
import dev.rolecall.service.store.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The contract of requests and reviews, which each database keeps. */
abstract class RequestContract extends AccessStoreContract {

  @Test
  void place_ordinaryRequest_waitsForItsDecision() {
    Asks asks = Asks.one().quorum(2).resources("orders/eu", "orders/us");

    AccessRequest request = placed(asks);

    assertThat(request.state()).isEqualTo(RequestState.PENDING);
    assertThat(request.ask()).isEqualTo(asks.request(HOUR).ask());
    assertThat(request.terms()).isEqualTo(asks.request(HOUR).terms());
    assertThat(request.standing().grantId()).isEmpty();
    assertThat(request.revision()).isPositive();
    assertThat(done(store.request(request.id()))).isEqualTo(request);
    assertThat(eventKinds(request.id())).containsExactly(EventKind.REQUEST_CREATED);
  }

  @Test
  void review_quorumOfOne_makesTheGrant() {
    Asks asks = Asks.one().resources("orders/eu");

    AccessRequest request = approve(placed(asks), ANN);
    AccessGrant grant = grantOf(request);

    assertThat(request.state()).isEqualTo(RequestState.APPROVED);
    assertThat(request.reviews())
        .singleElement()
        .satisfies(r -> assertThat(r.isApproval()).isTrue());
    assertThat(grant.state()).isEqualTo(GrantState.ACTIVE);
    assertThat(grant.holder()).isEqualTo(asks.requester());
    assertThat(grant.scope()).isEqualTo(asks.scope());
    assertThat(Duration.between(grant.period().startsAt(), grant.period().endsAt()))
        .isEqualTo(HOUR);
    assertThat(grant.revision()).isEqualTo(request.revision());
    assertThat(eventKinds(grant.id())).containsExactly(EventKind.REQUEST_APPROVED);
  }

  @Test
  void review_samePersonThroughAnotherRole_hasOneVote_I8() {
    AccessRequest request = placed(Asks.one().quorum(2));
    approve(request, ANN);
    Subject annAgain = person("ann", "Auditor", "AROAAUDITOR000001");

    assertThat(refused(store.review(approval(request.id(), annAgain), r -> true)))
        .isEqualTo(Reason.ALREADY_REVIEWED);
    assertThat(done(store.request(request.id())).state()).isEqualTo(RequestState.PENDING);
    assertThat(approve(request, BOB).state()).isEqualTo(RequestState.APPROVED);
  }

  @Test
  void review_byTheRequesterThroughAnotherRole_isRefused_I9() {
    Asks asks = Asks.one();
    AccessRequest request = placed(asks);
    String name = asks.requester().sessionName().orElseThrow();

    assertThat(
            refused(
                store.review(
                    approval(request.id(), person(name, "Lead", "AROALEAD000000001")), r -> true)))
        .isEqualTo(Reason.OWN_REQUEST);
    assertThat(done(store.request(request.id())).reviews()).isEmpty();
  }

  @Test
  void review_approvalThatCountsNoLonger_doesNotFillTheQuorum_I10() {
    AccessRequest request = placed(Asks.one().quorum(2));
    approve(request, ANN);

    AccessRequest reviewed =
        done(
            store.review(
                approval(request.id(), BOB), review -> !review.reviewer().isSamePartyAs(ANN)));

    assertThat(reviewed.state()).isEqualTo(RequestState.PENDING);
    assertThat(reviewed.reviews()).hasSize(2);
    assertThat(eventKinds(request.id()))
        .containsExactly(
            EventKind.REQUEST_CREATED, EventKind.REQUEST_REVIEWED, EventKind.REQUEST_REVIEWED);
  }

  @Test
  void review_denial_endsTheRequest() {
    AccessRequest request = placed(Asks.one().quorum(2));

    assertThat(done(store.review(denial(request.id(), ANN), r -> true)).state())
        .isEqualTo(RequestState.DENIED);
    assertThat(refused(store.review(approval(request.id(), BOB), r -> true)))
        .isEqualTo(Reason.REQUEST_NOT_PENDING);
  }

  @Test
  void review_ofAnotherRevision_isRefused() {
    AccessRequest request = placed(Asks.one().quorum(2));
    approve(request, ANN);
    NewReview late =
        new NewReview(request.id(), BOB, Vote.APPROVE, WHY, Narrowing.NONE, request.revision());

    assertThat(refused(store.review(late, r -> true))).isEqualTo(Reason.REVISION_MOVED);
    assertThat(done(store.request(request.id())).reviews()).hasSize(1);
  }

  @Test
  void review_ofNoRequest_isNotFound() {
    assertThat(refused(store.review(approval("request-none", ANN), r -> true)))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(refused(store.request("' or 1 = 1 --"))).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void review_narrowedTwice_grantsWhatAllApprove() {
    AccessRequest request = placed(Asks.one().quorum(3).resources("a", "b", "c"));
    done(
        store.review(
            approval(request.id(), ANN, narrowed(Duration.ofMinutes(40), "a", "b")), r -> true));
    done(
        store.review(
            approval(request.id(), BOB, narrowed(Duration.ofMinutes(50), "b", "c")), r -> true));

    AccessGrant grant = grantOf(approve(request, person("cy")));

    assertThat(grant.scope().resources()).isEqualTo(Asks.names("b"));
    assertThat(Duration.between(grant.period().startsAt(), grant.period().endsAt()))
        .isEqualTo(Duration.ofMinutes(40));
  }

  @Test
  void review_ofTheWholePermissionNarrowed_grantsTheResourcesAlone() {
    AccessRequest request = placed(Asks.one());

    AccessRequest approved =
        done(store.review(approval(request.id(), ANN, narrowed(Duration.ZERO, "a")), r -> true));

    assertThat(grantOf(approved).scope().resources()).isEqualTo(Asks.names("a"));
  }

  @Test
  void review_sharingNoResource_isRefused_andNeverGrantsTheWhole() {
    AccessRequest request = placed(Asks.one().quorum(2).resources("a", "b"));
    done(store.review(approval(request.id(), ANN, narrowed(Duration.ZERO, "a")), r -> true));

    assertThat(
            refused(
                store.review(approval(request.id(), BOB, narrowed(Duration.ZERO, "b")), r -> true)))
        .isEqualTo(Reason.NO_RESOURCE_LEFT);
  }

  @Test
  void review_wideningTimeOrResources_isRefused() {
    AccessRequest request = placed(Asks.one().resources("a"));

    assertThat(
            refused(
                store.review(approval(request.id(), ANN, narrowed(HOUR.plusMillis(1))), r -> true)))
        .isEqualTo(Reason.REVIEW_WIDENS);
    assertThat(
            refused(
                store.review(
                    approval(request.id(), ANN, narrowed(Duration.ZERO, "a", "b")), r -> true)))
        .isEqualTo(Reason.REVIEW_WIDENS);
  }

  @Test
  void request_pastItsDeadline_readsAsLapsed_andIsNotApproved() {
    AccessRequest request = placed(Asks.one().pendingFor(SHORT));

    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> done(store.request(request.id())).state() == RequestState.LAPSED);
    assertThat(refused(store.review(approval(request.id(), ANN), r -> true)))
        .isEqualTo(Reason.REQUEST_NOT_PENDING);
    assertThat(refused(store.cancel(request.id(), ANN))).isEqualTo(Reason.REQUEST_NOT_PENDING);
    Awaitility.await().until(() -> eventKinds(request.id()).contains(EventKind.REQUEST_LAPSED));
  }

  @Test
  void cancel_pendingRequest_happensOnce() {
    Asks asks = Asks.one();
    AccessRequest request = placed(asks);

    assertThat(done(store.cancel(request.id(), asks.requester())).state())
        .isEqualTo(RequestState.CANCELLED);
    assertThat(refused(store.cancel(request.id(), asks.requester())))
        .isEqualTo(Reason.REQUEST_NOT_PENDING);
  }

  @Test
  void place_sameKeySameContent_isOneRequest_I13() {
    Asks asks = Asks.one();
    AccessRequest first = done(store.place(asks.keyed(HOUR, "k")));

    assertThat(done(store.place(asks.keyed(HOUR, "k")))).isEqualTo(first);
    assertThat(done(placed(asks, HOUR, "k"))).contains(first);
    assertThat(done(placed(asks, HOUR, "l"))).isEmpty();
    assertThat(refused(placed(asks, HOUR.plusMinutes(1), "k"))).isEqualTo(Reason.KEY_REUSED);
    assertThat(refused(store.place(asks.keyed(HOUR.plusMinutes(1), "k"))))
        .isEqualTo(Reason.KEY_REUSED);
    assertThat(done(store.place(Asks.one().keyed(HOUR, "k"))).id()).isNotEqualTo(first.id());
    assertThat(eventKinds(first.id())).hasSize(1);
  }

  private CompletionStage<Outcome<Optional<AccessRequest>>> placed(
      Asks asks, Duration duration, String key) {
    return store.placed(asks.request(duration).ask(), key, Optional.empty());
  }

  @Test
  void place_startThatHasPassed_isRefused() {
    assertThat(
            refused(store.place(Asks.one().scheduled(Instant.parse("2020-01-01T00:00:00Z"), HOUR))))
        .isEqualTo(Reason.START_PASSED);
  }
}
