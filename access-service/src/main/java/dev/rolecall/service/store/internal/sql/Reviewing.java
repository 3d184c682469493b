package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.NewReview;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.request.Review;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.request.Vote;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.row.Clocks;
import dev.rolecall.service.store.internal.row.JsonText;
import dev.rolecall.service.store.internal.row.Rejected;
import dev.rolecall.service.store.internal.row.RequestRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Decides requests: by reviews, or by the requester who takes one back. The row is locked first,
 * and then the state and the deadline are checked: of all who decide at once, one does.
 */
final class Reviewing {

  private final Ledger ledger;
  private final Ids ids;

  Reviewing(Ledger ledger, Ids ids) {
    this.ledger = requireNonNull(ledger, "ledger");
    this.ids = requireNonNull(ids, "ids");
  }

  AccessRequest cancel(Handle transaction, String id, Subject actor) {
    AccessRequest request = pending(transaction, id);
    return finish(
        transaction,
        request,
        RequestState.CANCELLED,
        EventKind.REQUEST_CANCELLED,
        actor,
        Optional.empty());
  }

  AccessRequest review(Handle transaction, NewReview review, Predicate<Review> stillCounts) {
    AccessRequest request = pending(transaction, review.requestId());
    Approval.check(request, review);
    insert(transaction, review);
    if (review.vote() == Vote.DENY) {
      return finish(
          transaction,
          request,
          RequestState.DENIED,
          EventKind.REQUEST_DENIED,
          review.reviewer(),
          review.reason());
    }
    List<Review> approvals =
        RequestRows.get(transaction, request.id()).reviews().stream()
            .filter(Review::isApproval)
            .toList();
    Approval approval = Approval.of(request, approvals);
    if (approvals.stream().filter(stillCounts).count() < request.terms().quorum()) {
      return stamp(
          transaction, EventKind.REQUEST_REVIEWED, request, review.reviewer(), review.reason());
    }
    return request.ask().kind() == AskKind.EXTENSION
        ? extend(transaction, request, review, approval.duration())
        : grant(transaction, request, review, approval);
  }

  private AccessRequest pending(Handle transaction, String id) {
    Ledger.lock(transaction, "access_request", id);
    AccessRequest request = RequestRows.get(transaction, id);
    if (!request.isPending()) {
      throw new Rejected(
          Reason.REQUEST_NOT_PENDING,
          "request: " + id + " is " + request.state() + " (expected: one that is PENDING)");
    }
    return request;
  }

  private static void insert(Handle transaction, NewReview review) {
    int made =
        transaction
            .createUpdate(
                """
                insert into review (request_id, party, reviewer, vote, reason, at_ms, duration_ms,
                  resources)
                values (:request, :party, :reviewer, :vote, :reason, <clock>, :duration, :resources)
                on conflict (request_id, party) do nothing""")
            .bind("request", review.requestId())
            .bind("party", review.reviewer().party())
            .bind("reviewer", JsonText.of(review.reviewer()))
            .bind("vote", review.vote().name())
            .bind("reason", review.reason().map(FreeText::value).orElse(null))
            .bind("duration", review.narrowing().duration().map(Duration::toMillis).orElse(null))
            .bind("resources", JsonText.ofResources(review.narrowing().resources()))
            .execute();
    if (made == 0) {
      throw new Rejected(
          Reason.ALREADY_REVIEWED,
          "review: "
              + InvalidValue.printable(review.reviewer().party())
              + " has reviewed it already (expected: one review a person, through whatever role)");
    }
  }

  private AccessRequest grant(
      Handle transaction, AccessRequest request, NewReview review, Approval approval) {
    String grantId = ids.next("grant");
    Instant now = Clocks.now(transaction);
    AccessGrant grant =
        NewGrants.insert(transaction, grantId, request, approval, now).orElseThrow();
    return approve(transaction, EventKind.REQUEST_APPROVED, request, grant, review);
  }

  private AccessRequest extend(
      Handle transaction, AccessRequest request, NewReview review, Duration duration) {
    String grantId = request.standing().grantId().orElseThrow();
    AccessGrant grant = Extensions.extend(transaction, grantId, duration);
    return approve(transaction, EventKind.GRANT_EXTENDED, request, grant, review);
  }

  private AccessRequest approve(
      Handle transaction,
      EventKind kind,
      AccessRequest request,
      AccessGrant grant,
      NewReview review) {
    transaction
        .createUpdate(
            "update access_request set state = 'APPROVED', grant_id = :grant where id = :id")
        .bind("grant", grant.id())
        .bind("id", request.id())
        .execute();
    long revision =
        ledger.write(
            transaction,
            kind,
            EventContent.of(request, grant, review.reason()),
            Optional.of(review.reviewer()));
    Ledger.stamp(transaction, "access_request", request.id(), revision);
    Ledger.stamp(transaction, "access_grant", grant.id(), revision);
    return RequestRows.get(transaction, request.id());
  }

  private AccessRequest finish(
      Handle transaction,
      AccessRequest request,
      RequestState state,
      EventKind kind,
      Subject actor,
      Optional<FreeText> reason) {
    transaction
        .createUpdate("update access_request set state = :state where id = :id")
        .bind("state", state.name())
        .bind("id", request.id())
        .execute();
    return stamp(transaction, kind, request, actor, reason);
  }

  private AccessRequest stamp(
      Handle transaction,
      EventKind kind,
      AccessRequest request,
      Subject actor,
      Optional<FreeText> reason) {
    long revision =
        ledger.write(transaction, kind, EventContent.of(request, reason), Optional.of(actor));
    Ledger.stamp(transaction, "access_request", request.id(), revision);
    return RequestRows.get(transaction, request.id());
  }
}
