package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.store.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The contract of lists, news, events and keys, which each database keeps. */
abstract class ListContract extends AccessStoreContract {

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
            false,
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
            false,
            request -> request.id().equals(wanted.id()));

    Page<AccessRequest> page = done(store.requests(filter, PageKey.first(1)));

    assertThat(page.items()).containsExactly(wanted);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void requests_thatWait_areThosePendingAndEmergencyAccessUntilItsReview() {
    Asks asks = Asks.one();
    AccessRequest pending = placed(asks);
    granted(asks);
    AccessRequest broken = done(store.place(asks.breakGlass(HOUR)));
    RequestFilter waiting =
        new RequestFilter(
            Set.of(), Optional.of(asks.requester().party()), Set.of(), true, request -> true);

    assertThat(done(store.requests(waiting, PageKey.first(10))).items())
        .containsExactlyInAnyOrder(broken, pending);

    done(
        store.reviewBreakGlass(
            broken.standing().grantId().orElseThrow(), ANN, PostReview.ACKNOWLEDGED, WHY));
    assertThat(done(store.requests(waiting, PageKey.first(10))).items()).containsExactly(pending);
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
            Optional.empty(),
            Set.of(asks.scope().permission()),
            grant -> true);
    return done(store.grants(filter, PageKey.first(10))).items();
  }

  @Test
  void grants_thatInvolveAParty_areFoundWithoutThoseOfOthers() {
    Asks asks = Asks.one();
    AccessGrant own = granted(asks);
    granted(Asks.one());
    GrantFilter filter =
        new GrantFilter(
            Set.of(), Set.of(), Optional.of(asks.requester().party()), Set.of(), grant -> true);

    assertThat(done(store.grants(filter, PageKey.first(10))).items()).containsExactly(own);
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
    assertThat(done(store.statistics()).lag().waiting()).isPositive();
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
}
