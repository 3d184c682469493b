package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.NewRequest;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.row.Clocks;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.JsonText;
import dev.rolecall.service.store.internal.row.Rejected;
import dev.rolecall.service.store.internal.row.RequestRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes requests. */
final class Placing {

  private final Ledger ledger;
  private final Ids ids;

  Placing(Ledger ledger, Ids ids) {
    this.ledger = requireNonNull(ledger, "ledger");
    this.ids = requireNonNull(ids, "ids");
  }

  Ids ids() {
    return ids;
  }

  AccessRequest place(Handle transaction, NewRequest request) {
    Optional<AccessRequest> earlier = repeated(transaction, request);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Instant now = Clocks.now(transaction);
    check(transaction, request, now);
    String id = ids.next("request");
    Optional<String> grantId =
        request.ask().kind() == AskKind.BREAK_GLASS
            ? Optional.of(ids.next("grant"))
            : request.extendedGrant();
    if (insert(transaction, request, id, grantId, now) == 0) {
      // Another node was first in this moment, and has committed: the insert waited for it.
      return repeated(transaction, request).orElseThrow();
    }
    return request.ask().kind() == AskKind.BREAK_GLASS
        ? breakGlass(transaction, RequestRows.get(transaction, id), grantId.orElseThrow(), now)
        : wait(transaction, RequestRows.get(transaction, id));
  }

  private AccessRequest wait(Handle transaction, AccessRequest request) {
    long revision =
        ledger.write(
            transaction,
            EventKind.REQUEST_CREATED,
            EventContent.of(request, request.ask().why().reason()),
            Optional.of(request.ask().requester()));
    Ledger.stamp(transaction, "access_request", request.id(), revision);
    return RequestRows.get(transaction, request.id());
  }

  private AccessRequest breakGlass(
      Handle transaction, AccessRequest request, String grantId, Instant now) {
    AccessGrant grant =
        NewGrants.insert(transaction, grantId, request, Approval.of(request, List.of()), now)
            .orElseThrow(
                () ->
                    new Rejected(
                        Reason.POST_REVIEW_OPEN,
                        "emergency access: that of "
                            + InvalidValue.printable(request.ask().beneficiary().party())
                            + " before waits for its review (expected: reviewed first)"));
    requireNoneFlagged(transaction, grant);
    long revision =
        ledger.write(
            transaction,
            EventKind.GLASS_BROKEN,
            EventContent.of(request, grant, request.ask().why().reason()),
            Optional.of(request.ask().requester()));
    Ledger.stamp(transaction, "access_request", request.id(), revision);
    Ledger.stamp(transaction, "access_grant", grantId, revision);
    return RequestRows.get(transaction, request.id());
  }

  /**
   * Asked after the grant is made: it waits for a review that is being written, and a flag that was
   * written is seen then.
   */
  private static void requireNoneFlagged(Handle transaction, AccessGrant grant) {
    transaction
        .createQuery(
            "select id from access_grant where holder_party = :party and permission = :permission"
                + " and post_review = 'FLAGGED' limit 1")
        .bind("party", grant.holder().party())
        .bind("permission", grant.scope().permission().value())
        .mapTo(String.class)
        .findOne()
        .ifPresent(
            flagged -> {
              throw new Rejected(
                  Reason.FLAGGED,
                  "emergency access: the grant "
                      + flagged
                      + " of "
                      + InvalidValue.printable(grant.holder().party())
                      + " was flagged (expected: an administrator acknowledges that one first, or"
                      + " an ordinary request)");
            });
  }

  private static Optional<AccessRequest> repeated(Handle transaction, NewRequest request) {
    return request
        .idempotencyKey()
        .flatMap(key -> placed(transaction, request.ask(), key, request.extendedGrant()));
  }

  static Optional<AccessRequest> placed(
      Handle handle, Ask ask, String key, Optional<String> extendedGrant) {
    Optional<AccessRequest> earlier =
        handle
            .createQuery(
                "select id from access_request where requester_party = :party and idem_key = :key")
            .bind("party", ask.requester().party())
            .bind("key", key)
            .mapTo(String.class)
            .findOne()
            .map(id -> RequestRows.get(handle, id));
    if (earlier.isPresent() && !isSame(earlier.get(), ask, extendedGrant)) {
      throw new Rejected(
          Reason.KEY_REUSED,
          "idempotency key: it made the request "
              + earlier.get().id()
              + " of another content (expected: a new key for a new request)");
    }
    return earlier;
  }

  private static boolean isSame(AccessRequest earlier, Ask ask, Optional<String> extendedGrant) {
    return earlier.ask().equals(ask)
        && (extendedGrant.isEmpty() || extendedGrant.equals(earlier.standing().grantId()));
  }

  private static void check(Handle transaction, NewRequest request, Instant now) {
    Ask ask = request.ask();
    if (ask.time().startsAt().isPresent() && !ask.time().startsAt().get().isAfter(now)) {
      throw new Rejected(
          Reason.START_PASSED,
          "starts_at: "
              + ask.time().startsAt().get()
              + " has passed at "
              + now
              + " (expected: a later time, or none for at once)");
    }
    if (request.extendedGrant().isPresent()) {
      AccessGrant grant = GrantRows.get(transaction, request.extendedGrant().get());
      if (!grant.isOpen()) {
        throw Extensions.ended(grant);
      }
      if (!now.plus(ask.time().duration()).isAfter(grant.period().endsAt())) {
        throw Extensions.notLater(grant);
      }
      if (!ask.scope().equals(grant.scope()) || !ask.beneficiary().equals(grant.holder())) {
        throw new IllegalArgumentException(
            "extension: not for the holder and the scope of the grant " + grant.id());
      }
    }
  }

  private static int insert(
      Handle transaction, NewRequest request, String id, Optional<String> grantId, Instant now) {
    Ask ask = request.ask();
    RequestState state =
        ask.kind() == AskKind.BREAK_GLASS ? RequestState.APPROVED : RequestState.PENDING;
    return transaction
        .createUpdate(
            """
            insert into access_request (id, requester, requester_party, beneficiary,
              beneficiary_party, permission, resources, reason, ticket, kind, duration_ms,
              starts_at, quorum, rule_snapshot, state, grant_id, created_at, pending_until,
              idem_key)
            values (:id, :requester, :requester_party, :beneficiary, :beneficiary_party,
              :permission, :resources, :reason, :ticket, :kind, :duration, :starts_at, :quorum,
              :snapshot, :state, :grant_id, :now, :pending_until, :key)
            on conflict (requester_party, idem_key) do nothing""")
        .bind("id", id)
        .bind("requester", JsonText.of(ask.requester()))
        .bind("requester_party", ask.requester().party())
        .bind("beneficiary", JsonText.of(ask.beneficiary()))
        .bind("beneficiary_party", ask.beneficiary().party())
        .bind("permission", ask.scope().permission().value())
        .bind("resources", JsonText.ofResources(ask.scope().resources()))
        .bind("reason", ask.why().reason().map(FreeText::value).orElse(null))
        .bind("ticket", ask.why().ticket().map(FreeText::value).orElse(null))
        .bind("kind", ask.kind().name())
        .bind("duration", ask.time().duration().toMillis())
        .bind("starts_at", ask.time().startsAt().map(Instant::toEpochMilli).orElse(null))
        .bind("quorum", request.terms().quorum())
        .bind("snapshot", request.terms().ruleSnapshot())
        .bind("state", state.name())
        .bind("grant_id", grantId.orElse(null))
        .bind("now", now.toEpochMilli())
        .bind("pending_until", now.plus(request.terms().pendingFor()).toEpochMilli())
        .bind("key", request.idempotencyKey().orElse(null))
        .execute();
  }
}
