package dev.rolecall.service.store.internal.sql;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.JsonText;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes grants of requests. */
final class NewGrants {

  private NewGrants() {}

  /**
   * The grant, without a revision yet. Empty if it is emergency access, and the holder has some
   * that waits for its review.
   */
  static Optional<AccessGrant> insert(
      Handle transaction, String id, AccessRequest request, Approval approval, Instant now) {
    Scope scope = approval.scope();
    Instant starts = request.ask().time().startsAt().filter(now::isBefore).orElse(now);
    boolean breakGlass = request.ask().kind() == AskKind.BREAK_GLASS;
    int made =
        transaction
            .createUpdate(
                """
                insert into access_grant (id, request_id, requester, requester_party, holder,
                  holder_party, permission, resources, state, starts_at, ends_at, version,
                  post_review, created_at)
                values (:id, :request, :requester, :requester_party, :holder, :holder_party,
                  :permission, :resources, :state, :starts, :ends, 1, :post_review, :now)
                on conflict (holder_party) where post_review = 'REQUIRED' do nothing""")
            .bind("id", id)
            .bind("request", request.id())
            .bind("requester", JsonText.of(request.ask().requester()))
            .bind("requester_party", request.ask().requester().party())
            .bind("holder", JsonText.of(request.ask().beneficiary()))
            .bind("holder_party", request.ask().beneficiary().party())
            .bind("permission", scope.permission().value())
            .bind("resources", JsonText.ofResources(scope.resources()))
            .bind("state", (starts.isAfter(now) ? GrantState.SCHEDULED : GrantState.ACTIVE).name())
            .bind("starts", starts.toEpochMilli())
            .bind("ends", starts.plus(approval.duration()).toEpochMilli())
            .bind("post_review", breakGlass ? PostReview.REQUIRED.name() : null)
            .bind("now", now.toEpochMilli())
            .execute();
    return made == 0 ? Optional.empty() : Optional.of(GrantRows.get(transaction, id));
  }
}
