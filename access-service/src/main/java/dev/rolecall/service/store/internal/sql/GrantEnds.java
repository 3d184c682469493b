package dev.rolecall.service.store.internal.sql;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.FreeText;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.Subject;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.JsonText;
import dev.rolecall.service.store.internal.row.Rejected;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Ends grants before their time, and reviews emergency access. */
final class GrantEnds {

  private final Ledger ledger;

  GrantEnds(Ledger ledger) {
    this.ledger = requireNonNull(ledger, "ledger");
  }

  AccessGrant revoke(Handle transaction, String id, Subject actor, Optional<FreeText> reason) {
    if (end(transaction, id, actor, reason) == 0) {
      AccessGrant grant = GrantRows.get(transaction, id);
      if (grant.isRevoked()) {
        return grant;
      }
      throw Extensions.ended(grant);
    }
    return stamp(transaction, EventKind.GRANT_REVOKED, id, actor, reason);
  }

  private static int end(Handle transaction, String id, Subject actor, Optional<FreeText> reason) {
    Ledger.lock(transaction, "access_grant", id);
    return transaction
        .createUpdate(
            """
            update access_grant set state = 'REVOKED', version = version + 1, ended_by = :actor,
              ended_at = <clock>, ended_reason = :reason
            where id = :id and state in ('SCHEDULED', 'ACTIVE') and ends_at > <clock>""")
        .bind("id", id)
        .bind("actor", JsonText.of(actor))
        .bind("reason", reason.map(FreeText::value).orElse(null))
        .execute();
  }

  AccessGrant reviewBreakGlass(
      Handle transaction,
      String id,
      Subject actor,
      PostReview decision,
      Optional<FreeText> reason) {
    review(transaction, id, actor, PostReview.REQUIRED, decision);
    if (decision == PostReview.FLAGGED) {
      end(transaction, id, actor, reason);
      return stamp(transaction, EventKind.GLASS_FLAGGED, id, actor, reason);
    }
    return stamp(transaction, EventKind.GLASS_ACKNOWLEDGED, id, actor, reason);
  }

  AccessGrant acknowledgeFlagged(
      Handle transaction, String id, Subject actor, Optional<FreeText> reason) {
    review(transaction, id, actor, PostReview.FLAGGED, PostReview.ACKNOWLEDGED);
    return stamp(transaction, EventKind.GLASS_ACKNOWLEDGED, id, actor, reason);
  }

  private static void review(
      Handle transaction, String id, Subject actor, PostReview from, PostReview to) {
    int changed =
        transaction
            .createUpdate(
                "update access_grant set post_review = :to, version = version + 1"
                    + " where id = :id and post_review = :from")
            .bind("from", from.name())
            .bind("to", to.name())
            .bind("id", id)
            .execute();
    AccessGrant grant = GrantRows.get(transaction, id);
    if (changed == 0) {
      throw new Rejected(
          Reason.NO_OPEN_POST_REVIEW,
          "grant: "
              + id
              + grant
                  .standing()
                  .postReview()
                  .map(state -> " has been reviewed as " + state)
                  .orElse(" is no emergency access")
              + (from == PostReview.REQUIRED
                  ? " (expected: emergency access that waits for its review)"
                  : " (expected: emergency access that was flagged)"));
    }
    if (grant.holder().isSamePartyAs(actor) || grant.origin().requester().isSamePartyAs(actor)) {
      throw new Rejected(
          Reason.OWN_REQUEST,
          "review: "
              + InvalidValue.printable(actor.party())
              + " asked for it or gains from it (expected: another person)");
    }
  }

  private AccessGrant stamp(
      Handle transaction, EventKind kind, String id, Subject actor, Optional<FreeText> reason) {
    AccessGrant grant = GrantRows.get(transaction, id);
    long revision =
        ledger.write(transaction, kind, EventContent.of(grant, reason), Optional.of(actor));
    Ledger.stamp(transaction, "access_grant", id, revision);
    return GrantRows.get(transaction, id);
  }
}
