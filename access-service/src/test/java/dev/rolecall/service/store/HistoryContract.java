package dev.rolecall.service.store;

import static dev.rolecall.service.store.Asks.HOUR;
import static dev.rolecall.service.store.Asks.denial;
import static dev.rolecall.service.store.Asks.done;
import static dev.rolecall.service.store.Asks.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.store.internal.sql.SqlStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of what a store need not keep. */
abstract class HistoryContract extends AccessStoreContract {

  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration OLD = YEAR.plusDays(1);

  @Test
  void forget_deletesWhatEndedLongAgo_andNothingElse() {
    Asks keyed = Asks.one();
    AccessRequest expired = approve(done(store.place(keyed.keyed(HOUR, "k"))), ANN);
    AccessRequest extended = extended(expired);
    AccessRequest revoked = approve(placed(Asks.one()), ANN);
    done(store.revoke(grantOf(revoked).id(), BOB, WHY));
    AccessRequest denied = placed(Asks.one());
    done(store.review(denial(denied.id(), ANN), review -> true));
    AccessRequest acknowledged = done(store.place(Asks.one().breakGlass(HOUR)));
    done(store.reviewBreakGlass(grantOf(acknowledged).id(), ANN, PostReview.ACKNOWLEDGED, WHY));
    AccessRequest unreviewed = done(store.place(Asks.one().breakGlass(HOUR)));
    AccessRequest flagged = done(store.place(Asks.one().breakGlass(HOUR)));
    done(store.reviewBreakGlass(grantOf(flagged).id(), ANN, PostReview.FLAGGED, WHY));
    List<AccessRequest> over = List.of(expired, extended, revoked, denied, acknowledged);
    List<AccessRequest> open = List.of(unreviewed, flagged);
    long aged = done(store.position()).revision();
    ageEvents(aged);
    Stream.concat(over.stream(), open.stream()).forEach(this::age);
    // A long grant of an old request, a revoked grant whose period goes on, and what is new.
    AccessRequest active = approve(placed(Asks.one()), ANN);
    AccessRequest kept = extended(active);
    ageRequest(active);
    ageRequest(kept);
    AccessRequest cut = approve(placed(Asks.one()), ANN);
    done(store.revoke(grantOf(cut).id(), BOB, WHY));
    ageRequest(cut);
    AccessRequest pending = placed(Asks.one());
    AccessRequest recent = placed(Asks.one());
    done(store.cancel(recent.id(), recent.ask().requester()));
    // The sweeper may write that the old grants are over at any time.
    done(((SqlStore) store).sweep());

    while (done(store.forget(YEAR)) > 0) {
      // One batch after the other.
    }

    assertThat(over).allSatisfy(each -> assertThat(isKnown(each)).as("%s", each).isFalse());
    assertThat(Stream.of(unreviewed, flagged, active, kept, cut, pending, recent))
        .allSatisfy(each -> assertThat(isKnown(each)).as("%s", each).isTrue());
    assertThat(grantOf(active).isOpen()).isTrue();
    assertThat(done(store.news(0, 100)).grants()).extracting("id").contains(grantOf(cut).id());
    assertThat(done(store.events(EventFilter.ALL, PageKey.first(500))).items())
        .extracting(AccessEvent::revision)
        .isNotEmpty()
        .allMatch(revision -> revision > aged)
        .contains(aged + 1, done(store.position()).revision());
    assertThat(done(store.place(keyed.keyed(HOUR, "k"))).id()).isNotEqualTo(expired.id());
  }

  @Test
  void forget_tooSoon_isRefused() {
    for (Duration kept : List.of(Duration.ZERO, AccessStore.SHORTEST_KEPT.minusMillis(1))) {
      assertThatThrownBy(() -> store.forget(kept)).isInstanceOf(IllegalArgumentException.class);
    }
    placed(Asks.one());
    assertThat(done(store.forget(AccessStore.SHORTEST_KEPT))).isZero();
  }

  /** An approved extension of that request's grant, which its end now rests on. */
  private AccessRequest extended(AccessRequest request) {
    AccessGrant grant = grantOf(request);
    NewRequest extension = Asks.of(grant).extension(grant.id(), HOUR.multipliedBy(2));
    return approve(done(store.place(extension)), ANN);
  }

  private boolean isKnown(AccessRequest request) {
    return outcome(store.request(request.id())) instanceof Outcome.Done;
  }

  private void age(AccessRequest request) {
    ageRequest(request);
    change("access_grant set starts_at = starts_at - ?, ends_at = ends_at - ? where request_id = ?")
        .run(OLD.toMillis(), OLD.toMillis(), request.id());
  }

  private void ageRequest(AccessRequest request) {
    change(
            "access_request set created_at = created_at - ?, pending_until = pending_until - ?"
                + " where id = ?")
        .run(OLD.toMillis(), OLD.toMillis(), request.id());
  }

  private void ageEvents(long newest) {
    change("outbox set at_ms = at_ms - ? where revision <= ?").run(OLD.toMillis(), newest);
  }

  private Change change(String what) {
    return values ->
        ((SqlStore) store)
            .database()
            .jdbi()
            .useTransaction(transaction -> transaction.execute("update " + what, values));
  }

  /** A change past the store's transitions, as time makes it. */
  private interface Change {
    void run(Object... values);
  }
}
