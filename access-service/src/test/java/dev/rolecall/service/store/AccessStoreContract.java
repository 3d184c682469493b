package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.denial;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.narrowed;
import static dev.rolecall.service.store.Asks.person;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.Narrowing;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.request.Vote;
import dev.rolecall.service.store.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract of the store, which each database keeps. Tests share one store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccessStoreContract {

  static final Subject ANN = person("ann", "Lead", "AROALEAD000000001");
  static final Subject BOB = person("bob", "Lead", "AROALEAD000000001");
  static final Optional<FreeText> WHY = Optional.of(FreeText.of("because"));
  private static final Duration SHORT = Duration.ofMillis(150);

  private final AccessRuntime runtime = AccessRuntime.ofDefaults();
  private AccessStore store;

  abstract StoreSource source();

  @BeforeAll
  void open() {
    store = source().open(runtime);
  }

  @AfterAll
  void close() {
    if (store != null) {
      store.close();
    }
    runtime.close();
  }

  private AccessRequest placed(Asks asks) {
    return done(store.place(asks.request(HOUR)));
  }

  private AccessRequest approve(AccessRequest request, Subject reviewer) {
    return done(store.review(approval(request.id(), reviewer), review -> true));
  }

  private AccessGrant granted(Asks asks) {
    return grantOf(approve(placed(asks), ANN));
  }

  private AccessGrant grantOf(AccessRequest request) {
    return done(store.grant(request.standing().grantId().orElseThrow()));
  }

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
    assertThat(refused(store.place(asks.keyed(HOUR.plusMinutes(1), "k"))))
        .isEqualTo(Reason.KEY_REUSED);
    assertThat(done(store.place(Asks.one().keyed(HOUR, "k"))).id()).isNotEqualTo(first.id());
    assertThat(eventKinds(first.id())).hasSize(1);
  }

  @Test
  void place_startThatHasPassed_isRefused() {
    assertThat(
            refused(store.place(Asks.one().scheduled(Instant.parse("2020-01-01T00:00:00Z"), HOUR))))
        .isEqualTo(Reason.START_PASSED);
  }

  @Test
  void grant_ofALaterStart_isScheduled_andThenActive() {
    Instant start = done(store.position()).time().plus(Duration.ofMillis(700));
    AccessRequest request = done(store.place(Asks.one().scheduled(start, HOUR)));

    AccessGrant grant = grantOf(approve(request, ANN));

    assertThat(grant.state()).isEqualTo(GrantState.SCHEDULED);
    assertThat(grant.period().startsAt()).isEqualTo(start);
    assertThat(grant.period().endsAt()).isEqualTo(start.plus(HOUR));
    Awaitility.await().until(() -> done(store.grant(grant.id())).state() == GrantState.ACTIVE);
    Awaitility.await().until(() -> eventKinds(grant.id()).contains(EventKind.GRANT_STARTED));
  }

  @Test
  void breakGlass_isGrantedAtOnce_andBlocksTheNextUntilItsReview_I17() {
    Asks asks = Asks.one();
    AccessRequest request = done(store.place(asks.breakGlass(HOUR)));
    AccessGrant grant = grantOf(request);

    assertThat(request.state()).isEqualTo(RequestState.APPROVED);
    assertThat(grant.state()).isEqualTo(GrantState.ACTIVE);
    assertThat(grant.origin().breakGlass()).isTrue();
    assertThat(grant.standing().postReview()).contains(PostReview.REQUIRED);
    assertThat(refused(store.place(asks.breakGlass(HOUR)))).isEqualTo(Reason.POST_REVIEW_OPEN);
    assertThat(
            refused(
                store.reviewBreakGlass(grant.id(), asks.requester(), PostReview.ACKNOWLEDGED, WHY)))
        .isEqualTo(Reason.OWN_REQUEST);
    assertThat(
            done(store.reviewBreakGlass(grant.id(), ANN, PostReview.ACKNOWLEDGED, WHY))
                .standing()
                .postReview())
        .contains(PostReview.ACKNOWLEDGED);
    assertThat(refused(store.reviewBreakGlass(grant.id(), BOB, PostReview.FLAGGED, WHY)))
        .isEqualTo(Reason.NO_OPEN_POST_REVIEW);
    assertThat(done(store.place(asks.breakGlass(HOUR))).state()).isEqualTo(RequestState.APPROVED);
  }

  @Test
  void breakGlass_flagged_isRevokedToo() {
    AccessGrant grant = grantOf(done(store.place(Asks.one().breakGlass(HOUR))));

    AccessGrant flagged = done(store.reviewBreakGlass(grant.id(), ANN, PostReview.FLAGGED, WHY));

    assertThat(flagged.state()).isEqualTo(GrantState.REVOKED);
    assertThat(flagged.standing().ended().orElseThrow().actor()).isEqualTo(ANN);
    assertThat(eventKinds(grant.id()))
        .containsExactly(EventKind.GLASS_BROKEN, EventKind.GLASS_FLAGGED);
  }

  @Test
  void reviewBreakGlass_ofAnOrdinaryGrant_isRefused() {
    assertThat(
            refused(store.reviewBreakGlass(granted(Asks.one()).id(), BOB, PostReview.FLAGGED, WHY)))
        .isEqualTo(Reason.NO_OPEN_POST_REVIEW);
  }

  @Test
  void revoke_activeGrant_keepsItsPeriod_andRepeatsWithoutAChange() {
    AccessGrant grant = granted(Asks.one());

    AccessGrant revoked = done(store.revoke(grant.id(), BOB, WHY));

    assertThat(revoked.state()).isEqualTo(GrantState.REVOKED);
    assertThat(revoked.period()).isEqualTo(grant.period());
    assertThat(revoked.standing().version()).isEqualTo(grant.standing().version() + 1);
    assertThat(revoked.standing().ended().orElseThrow().reason()).isEqualTo(WHY);
    assertThat(done(store.revoke(grant.id(), ANN, Optional.empty()))).isEqualTo(revoked);
  }

  @Test
  void grant_pastItsEnd_readsAsExpired_andIsNeitherRevokedNorExtended_I7() {
    Asks asks = Asks.one();
    AccessGrant grant = grantOf(approve(done(store.place(asks.request(SHORT))), ANN));

    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> done(store.grant(grant.id())).state() == GrantState.EXPIRED);
    assertThat(refused(store.revoke(grant.id(), ANN, WHY))).isEqualTo(Reason.GRANT_ENDED);
    assertThat(refused(store.place(asks.extension(grant.id(), HOUR))))
        .isEqualTo(Reason.GRANT_ENDED);
    Awaitility.await().until(() -> eventKinds(grant.id()).contains(EventKind.GRANT_EXPIRED));
  }

  @Test
  void extension_approved_movesTheEndFromNowOn_I7() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks);
    AccessRequest extension = done(store.place(asks.extension(grant.id(), HOUR.plusMinutes(30))));

    approve(extension, BOB);
    AccessGrant extended = done(store.grant(grant.id()));

    assertThat(extension.standing().grantId()).contains(grant.id());
    assertThat(extended.period().startsAt()).isEqualTo(grant.period().startsAt());
    assertThat(extended.period().endsAt())
        .isBetween(
            grant.period().endsAt().plus(Duration.ofMinutes(29)),
            grant.period().endsAt().plus(Duration.ofMinutes(31)));
    assertThat(extended.standing().version()).isEqualTo(2);
    assertThat(eventKinds(grant.id())).endsWith(EventKind.GRANT_EXTENDED);
  }

  @Test
  void extension_toNoLaterEnd_isRefused_I7() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks);

    assertThat(refused(store.place(asks.extension(grant.id(), Duration.ofMinutes(30)))))
        .isEqualTo(Reason.END_NOT_LATER);
    AccessRequest extension = done(store.place(asks.extension(grant.id(), HOUR.multipliedBy(2))));
    assertThat(
            refused(
                store.review(
                    approval(extension.id(), BOB, narrowed(Duration.ofMinutes(30))), r -> true)))
        .isEqualTo(Reason.END_NOT_LATER);
    assertThat(done(store.request(extension.id())).reviews()).isEmpty();
  }

  @Test
  void extension_ofARevokedGrant_isRefused_I7() {
    Asks asks = Asks.one();
    AccessGrant grant = granted(asks);
    AccessRequest extension = done(store.place(asks.extension(grant.id(), HOUR.multipliedBy(2))));
    AccessGrant revoked = done(store.revoke(grant.id(), ANN, WHY));

    assertThat(refused(store.review(approval(extension.id(), BOB), r -> true)))
        .isEqualTo(Reason.GRANT_ENDED);
    assertThat(done(store.grant(grant.id()))).isEqualTo(revoked);
  }

  @Test
  void lock_setAndLifted_isInTheNewsBothTimes() {
    long before = done(store.position()).revision();
    AccessLock lock =
        done(
            store.lock(
                new NewLock(LockTarget.person("corp/eve"), AccessLock.Limits.NONE, ANN, WHY)));

    assertThat(done(store.locks(PageKey.first(500))).items()).contains(lock);
    assertThat(done(store.news(before, 100)).locks()).contains(lock);

    AccessLock lifted = done(store.unlock(lock.id(), BOB, WHY));

    assertThat(lifted.unlocked().orElseThrow().actor()).isEqualTo(BOB);
    assertThat(done(store.unlock(lock.id(), ANN, WHY))).isEqualTo(lifted);
    assertThat(done(store.news(lock.revision(), 100)).locks()).contains(lifted);
    assertThat(done(store.news(0, 10_000)).locks()).doesNotContain(lifted);
    assertThat(done(store.locks(PageKey.first(500))).items())
        .noneMatch(each -> each.id().equals(lock.id()));
  }

  @Test
  void lock_thatEndsInThePast_isRefused() {
    AccessLock.Limits past =
        new AccessLock.Limits(Optional.of(Instant.parse("2020-01-01T00:00:00Z")), Optional.empty());

    assertThat(refused(store.lock(new NewLock(LockTarget.person("corp/eve"), past, ANN, WHY))))
        .isEqualTo(Reason.END_NOT_LATER);
  }

  @Test
  void news_hasEachGrantOnce_asItIsNow_andCutsAtTheLimit() {
    long before = done(store.position()).revision();
    AccessGrant first = granted(Asks.one());
    AccessGrant second = granted(Asks.one());
    granted(Asks.one());
    AccessGrant revoked = done(store.revoke(first.id(), BOB, WHY));

    News whole = done(store.news(before, 100));
    News part = done(store.news(before, 1));
    News rest = done(store.news(part.position().revision(), 100));

    assertThat(whole.more()).isFalse();
    assertThat(whole.grants()).containsSubsequence(second, revoked);
    assertThat(whole.grants()).filteredOn(each -> each.id().equals(first.id())).hasSize(1);
    assertThat(part.more()).isTrue();
    assertThat(part.grants()).hasSize(1);
    assertThat(part.position().revision()).isEqualTo(part.grants().get(0).revision());
    assertThat(rest.grants()).contains(revoked).doesNotContainAnyElementsOf(part.grants());
    assertThat(done(store.news(rest.position().revision(), 100)).grants()).isEmpty();
    News two = done(store.news(before, 2));
    assertThat(two.grants()).hasSize(2);
    assertThat(two.position().revision()).isEqualTo(two.grants().get(1).revision());
  }

  @Test
  void onNews_afterATransition_runsTheListener() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    long before = done(store.position()).revision();
    try (AccessStore.Listening listening =
        store.onNews(
            () ->
                store
                    .news(before, 10)
                    .thenAccept(
                        news -> {
                          if (news.map(n -> !n.grants().isEmpty())
                              .equals(new Outcome.Done<>(true))) {
                            told.countDown();
                          }
                        }))) {
      granted(Asks.one());

      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(listening).isNotNull();
    }
  }

  @Test
  void requests_listedByPages_areNewestFirstAndComplete() {
    Asks asks = Asks.one();
    List<String> made = IntStream.range(0, 5).mapToObj(each -> placed(asks).id()).sorted().toList();
    RequestFilter filter =
        new RequestFilter(
            Set.of(RequestState.PENDING),
            Optional.of(asks.requester().party()),
            Set.of(asks.scope().permission()),
            request -> true);

    List<AccessRequest> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    int pages = 0;
    do {
      Page<AccessRequest> page = done(store.requests(filter, new PageKey(2, cursor)));
      found.addAll(page.items());
      cursor = page.next();
      pages++;
    } while (cursor.isPresent());

    assertThat(pages).isEqualTo(3);
    assertThat(found).extracting(AccessRequest::id).containsExactlyInAnyOrderElementsOf(made);
    assertThat(found)
        .extracting(request -> request.times().createdAt())
        .isSortedAccordingTo((left, right) -> right.compareTo(left));
  }

  @Test
  void requests_withAFilterInCode_skipWithoutALoss() {
    Asks asks = Asks.one();
    placed(asks);
    AccessRequest wanted = placed(asks);
    placed(asks);
    RequestFilter filter =
        new RequestFilter(
            Set.of(),
            Optional.of(asks.requester().party()),
            Set.of(),
            request -> request.id().equals(wanted.id()));

    Page<AccessRequest> page = done(store.requests(filter, PageKey.first(1)));

    assertThat(page.items()).containsExactly(wanted);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void lists_withAForeignCursor_areRefused() {
    for (String cursor : List.of("", "x", "%%%", "MTIz", "bm9wZTphYmM", "a".repeat(300))) {
      assertThat(refused(store.requests(RequestFilter.ALL, new PageKey(5, Optional.of(cursor)))))
          .isEqualTo(Reason.BAD_CURSOR);
    }
  }

  @Test
  void grants_listedByStateAndHolder_goByTheClock() {
    Asks asks = Asks.one();
    AccessGrant open = granted(asks);
    AccessGrant ended = done(store.revoke(granted(asks).id(), BOB, WHY));

    assertThat(grants(asks, GrantState.ACTIVE)).containsExactly(open);
    assertThat(grants(asks, GrantState.REVOKED)).containsExactly(ended);
    assertThat(grants(asks, GrantState.EXPIRED)).isEmpty();
    assertThat(grants(asks)).containsExactlyInAnyOrder(open, ended);
  }

  private List<AccessGrant> grants(Asks asks, GrantState... states) {
    GrantFilter filter =
        new GrantFilter(
            Set.of(states),
            Set.of(asks.requester().party()),
            Set.of(asks.scope().permission()),
            grant -> true);
    return done(store.grants(filter, PageKey.first(10))).items();
  }

  @Test
  void events_haveEachRevisionOnce_withoutAGap_I1() {
    granted(Asks.one());
    long newest = done(store.position()).revision();
    List<Long> revisions = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<AccessEvent> page = done(store.events(EventFilter.ALL, new PageKey(7, cursor)));
      page.items().forEach(event -> revisions.add(event.revision()));
      cursor = page.next();
    } while (cursor.isPresent());

    assertThat(revisions.subList(0, (int) newest))
        .isEqualTo(IntStream.rangeClosed(1, (int) newest).mapToObj(Long::valueOf).toList());
  }

  @Test
  void outbox_takenEvents_comeAgainAfterTheLease_andNeverOnceDelivered() {
    AccessRequest request = placed(Asks.one());
    drain();
    AccessRequest next = placed(Asks.one());

    List<AccessEvent> taken = taken(HOUR, next);
    assertThat(taken).extracting(e -> e.about().ref()).doesNotContain(request.id());
    assertThat(taken).hasSize(1);
    assertThat(taken(HOUR, next)).isEmpty();
    assertThat(done(store.outbox().lag()).waiting()).isPositive();
    done(store.outbox().giveBack(List.of(taken.get(0).revision())));
    assertThat(taken(SHORT, next)).hasSize(1);
    Awaitility.await().until(() -> !taken(Duration.ofMillis(1), next).isEmpty());
    assertThat(done(store.outbox().delivered(taken.get(0).revision()))).isEqualTo(1);
    assertThat(done(store.outbox().delivered(taken.get(0).revision()))).isZero();
    done(store.outbox().giveBack(List.of(taken.get(0).revision())));
    assertThat(taken(SHORT, next)).isEmpty();
  }

  private List<AccessEvent> taken(Duration lease, AccessRequest about) {
    return done(store.outbox().take(100, lease)).stream()
        .filter(event -> event.about().ref().equals(about.id()))
        .toList();
  }

  private void drain() {
    List<AccessEvent> taken;
    do {
      taken = done(store.outbox().take(500, HOUR));
      taken.forEach(event -> done(store.outbox().delivered(event.revision())));
    } while (!taken.isEmpty());
  }

  private AccessLock locked(LockTarget target) {
    return done(store.lock(new NewLock(target, AccessLock.Limits.NONE, ANN, WHY)));
  }

  private static Note note(GrantSight sight) {
    return new Note(
        EventKind.TOKEN_ISSUED,
        new AccessEvent.About(
            sight.grant().id(), Optional.of(sight.grant().id()), Optional.empty()),
        sight.grant().holder(),
        "{}");
  }

  @Test
  void noteOn_grantStands_writesOneEventAndChangesNoRow() {
    AccessGrant grant = granted(Asks.one());
    AccessLock lock = locked(LockTarget.person("corp/noted"));
    Instant before = done(store.position()).time();

    GrantSight sight = done(store.noteOn(grant.id(), seen -> Optional.of(note(seen))));

    assertThat(sight.grant()).isEqualTo(grant);
    assertThat(sight.locks()).contains(lock);
    assertThat(sight.time()).isBetween(before, done(store.position()).time());
    assertThat(eventKinds(grant.id()))
        .containsExactly(EventKind.REQUEST_APPROVED, EventKind.TOKEN_ISSUED);
    assertThat(done(store.grant(grant.id())).revision()).isEqualTo(grant.revision());
  }

  @Test
  void noteOn_noEventWanted_writesNone() {
    AccessGrant grant = granted(Asks.one());

    assertThat(done(store.noteOn(grant.id(), seen -> Optional.empty())).grant()).isEqualTo(grant);
    assertThat(eventKinds(grant.id())).containsExactly(EventKind.REQUEST_APPROVED);
  }

  @Test
  void noteOn_revokedGrantAndLiftedLock_isSeen() {
    AccessGrant grant = granted(Asks.one());
    AccessLock lock = locked(LockTarget.person("corp/lifted"));
    done(store.revoke(grant.id(), ANN, WHY));
    done(store.unlock(lock.id(), ANN, WHY));

    GrantSight sight = done(store.noteOn(grant.id(), seen -> Optional.empty()));

    assertThat(sight.grant().state()).isEqualTo(GrantState.REVOKED);
    assertThat(sight.locks()).extracting(AccessLock::id).doesNotContain(lock.id());
  }

  @Test
  void noteOn_absentGrant_isRefusedWithoutAQuestion() {
    assertThat(
            refused(
                store.noteOn(
                    "none",
                    seen -> {
                      throw new AssertionError("asked");
                    })))
        .isEqualTo(Reason.NOT_FOUND);
  }

  /** No token after the revocation: whichever comes first, the revisions say the same. */
  @Test
  void noteOn_raceWithRevoke_isNeverAfterIt() {
    for (int race = 0; race < 20; race++) {
      AccessGrant grant = granted(Asks.one());
      CompletionStage<Outcome<AccessGrant>> revoked = store.revoke(grant.id(), ANN, WHY);
      CompletionStage<Outcome<GrantSight>> noted =
          store.noteOn(
              grant.id(),
              seen ->
                  seen.grant().state() == GrantState.ACTIVE
                      ? Optional.of(note(seen))
                      : Optional.empty());
      done(revoked);
      boolean issued = done(noted).grant().state() == GrantState.ACTIVE;

      assertThat(eventKinds(grant.id()))
          .isEqualTo(
              issued
                  ? List.of(
                      EventKind.REQUEST_APPROVED, EventKind.TOKEN_ISSUED, EventKind.GRANT_REVOKED)
                  : List.of(EventKind.REQUEST_APPROVED, EventKind.GRANT_REVOKED));
    }
  }

  @Test
  void keys_rotate_withOneCurrentKeyAtMost() {
    KeyStore keys = store.keys();
    StoredKey first = done(keys.add(key("first", SigningKeyState.CURRENT), Optional.empty()));
    assertThat(refused(keys.add(key("other", SigningKeyState.CURRENT), Optional.empty())))
        .isEqualTo(Reason.KEY_EXISTS);
    done(keys.add(key("second", SigningKeyState.NEXT), Optional.empty()));
    assertThat(refused(keys.add(key("third", SigningKeyState.NEXT), Optional.empty())))
        .isEqualTo(Reason.KEY_EXISTS);
    assertThat(refused(keys.withdraw("first", Optional.empty())))
        .isEqualTo(Reason.KEY_NOT_IN_STATE);
    assertThat(refused(keys.activate("none", Optional.empty()))).isEqualTo(Reason.NOT_FOUND);

    assertThat(done(keys.activate("second", Optional.of(ANN))).state())
        .isEqualTo(SigningKeyState.CURRENT);
    assertThat(refused(keys.activate("second", Optional.empty())))
        .isEqualTo(Reason.KEY_NOT_IN_STATE);
    assertThat(done(keys.list()))
        .extracting(StoredKey::kid, StoredKey::state)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("first", SigningKeyState.RETIRED),
            org.assertj.core.groups.Tuple.tuple("second", SigningKeyState.CURRENT));
    assertThat(done(keys.withdraw("first", Optional.empty())).sealedPrivate()).isEmpty();
    assertThat(done(keys.list())).extracting(StoredKey::kid).containsExactly("second");
    assertThat(done(store.news(0, 10)).keysChanged()).isTrue();
    assertThat(events("second"))
        .extracting(AccessEvent::kind, AccessEvent::actor)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(EventKind.KEY_ADDED, Optional.empty()),
            org.assertj.core.groups.Tuple.tuple(EventKind.KEY_ACTIVATED, Optional.of(ANN)));
    assertThat(first.toString()).doesNotContain("secret");
  }

  private static StoredKey key(String kid, SigningKeyState state) {
    return new StoredKey(kid, "ES256", "{}", "secret", state, Instant.EPOCH);
  }

  List<EventKind> eventKinds(String ref) {
    return events(ref).stream().map(AccessEvent::kind).toList();
  }

  private List<AccessEvent> events(String ref) {
    return done(store.events(
            new EventFilter(0, Optional.of(ref), Optional.empty()), PageKey.first(100)))
        .items();
  }
}
