package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.approval;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.narrowed;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.LockTarget;
import dev.rolecall.service.request.NewLock;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.store.Refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The contract of grants and locks, which each database keeps. */
abstract class GrantContract extends AccessStoreContract {

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
  void breakGlass_flagged_barsTheHolderForThePermission_untilItIsTakenBack() {
    Asks asks = Asks.one();
    AccessGrant grant = grantOf(done(store.place(asks.breakGlass(HOUR))));
    assertThat(refused(store.acknowledgeFlagged(grant.id(), ANN, WHY)))
        .isEqualTo(Reason.NO_OPEN_POST_REVIEW);
    done(store.reviewBreakGlass(grant.id(), ANN, PostReview.FLAGGED, WHY));

    assertThat(refused(store.place(asks.breakGlass(HOUR)))).isEqualTo(Reason.FLAGGED);
    AccessGrant another = grantOf(done(store.place(asks.permission("another").breakGlass(HOUR))));
    done(store.reviewBreakGlass(another.id(), ANN, PostReview.ACKNOWLEDGED, WHY));
    assertThat(placed(asks).state()).isEqualTo(RequestState.PENDING);
    assertThat(refused(store.acknowledgeFlagged(grant.id(), asks.requester(), WHY)))
        .isEqualTo(Reason.OWN_REQUEST);
    assertThat(refused(store.reviewBreakGlass(grant.id(), BOB, PostReview.ACKNOWLEDGED, WHY)))
        .isEqualTo(Reason.NO_OPEN_POST_REVIEW);

    AccessGrant back = done(store.acknowledgeFlagged(grant.id(), BOB, WHY));

    assertThat(back.state()).isEqualTo(GrantState.REVOKED);
    assertThat(back.standing().postReview()).contains(PostReview.ACKNOWLEDGED);
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
}
