package dev.rolecall.service.store.internal.row;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.Period;
import dev.rolecall.service.request.PostReview;
import dev.rolecall.service.request.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Grants as rows. */
public final class GrantRows {

  /** The state by the store's clock, whatever has been written down. */
  public static final String STATE =
      """
      case when state not in ('SCHEDULED', 'ACTIVE') then state
           when ends_at <= <clock> then 'EXPIRED'
           when starts_at <= <clock> then 'ACTIVE'
           else 'SCHEDULED' end""";

  /** All columns. */
  public static final String SELECT =
      """
      select id, request_id, requester, holder, permission, resources, starts_at, ends_at, version,
             revision, post_review, ended_by, ended_at, ended_reason, created_at,
      """
          + STATE
          + " as state_now from access_grant ";

  private GrantRows() {}

  public static AccessGrant read(ResultSet row, StatementContext context) throws SQLException {
    Columns columns = new Columns(row);
    Optional<PostReview> postReview = columns.optional("post_review").map(PostReview::valueOf);
    return new AccessGrant(
        columns.text("id"),
        new AccessGrant.Origin(
            columns.text("request_id"), columns.subject("requester"), postReview.isPresent()),
        columns.subject("holder"),
        new Scope(
            PermissionName.of(columns.text("permission")),
            JsonText.resources(columns.text("resources"))),
        new Period(columns.time("starts_at"), columns.time("ends_at")),
        new AccessGrant.Standing(
            GrantState.valueOf(columns.text("state_now")),
            columns.number("revision"),
            (int) columns.number("version"),
            postReview,
            columns.act("ended")));
  }

  public static Optional<AccessGrant> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + "where id = :id")
        .bind("id", id)
        .map(GrantRows::read)
        .findOne();
  }

  public static AccessGrant get(Handle handle, String id) {
    return find(handle, id).orElseThrow(() -> Rejected.notFound("grant", id));
  }
}
