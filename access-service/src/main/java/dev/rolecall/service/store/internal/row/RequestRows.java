package dev.rolecall.service.store.internal.row;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.Ask;
import dev.rolecall.service.request.AskKind;
import dev.rolecall.service.request.Narrowing;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.request.Review;
import dev.rolecall.service.request.Scope;
import dev.rolecall.service.request.Terms;
import dev.rolecall.service.request.Vote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Requests and their reviews as rows. */
public final class RequestRows {

  /** The state by the store's clock, whatever has been written down. */
  public static final String STATE =
      "case when state = 'PENDING' and pending_until <= <clock> then 'LAPSED' else state end";

  /** All columns of requests. */
  public static final String SELECT =
      """
      select id, requester, beneficiary, permission, resources, reason, ticket, kind, duration_ms,
             starts_at, quorum, rule_snapshot, revision, grant_id, created_at, pending_until,
      """
          + STATE
          + " as state_now from access_request ";

  private RequestRows() {}

  /** Without the reviews. */
  public static AccessRequest read(ResultSet row, StatementContext context) throws SQLException {
    Columns columns = new Columns(row);
    Instant createdAt = columns.time("created_at");
    Instant pendingUntil = columns.time("pending_until");
    return new AccessRequest(
        columns.text("id"),
        ask(columns),
        new Terms(
            (int) columns.number("quorum"),
            Duration.between(createdAt, pendingUntil),
            columns.text("rule_snapshot")),
        new AccessRequest.Times(createdAt, pendingUntil),
        new AccessRequest.Standing(
            RequestState.valueOf(columns.text("state_now")),
            columns.number("revision"),
            columns.optional("grant_id")),
        List.of());
  }

  private static Ask ask(Columns columns) throws SQLException {
    return new Ask(
        columns.subject("requester"),
        columns.subject("beneficiary"),
        new Scope(
            PermissionName.of(columns.text("permission")),
            JsonText.resources(columns.text("resources"))),
        new Ask.Why(columns.freeText("reason"), columns.freeText("ticket")),
        new Ask.Time(
            Duration.ofMillis(columns.number("duration_ms")), columns.optionalTime("starts_at")),
        AskKind.valueOf(columns.text("kind")));
  }

  public static Optional<AccessRequest> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + "where id = :id")
        .bind("id", id)
        .map(RequestRows::read)
        .findOne()
        .map(request -> with(request, reviews(handle, List.of(request))));
  }

  public static AccessRequest get(Handle handle, String id) {
    return find(handle, id).orElseThrow(() -> Rejected.notFound("request", id));
  }

  /** The same requests, each with its reviews. */
  public static List<AccessRequest> withReviews(Handle handle, List<AccessRequest> requests) {
    if (requests.isEmpty()) {
      return requests;
    }
    Map<String, List<Review>> reviews = reviews(handle, requests);
    return requests.stream().map(request -> with(request, reviews)).toList();
  }

  private static AccessRequest with(AccessRequest request, Map<String, List<Review>> reviews) {
    return new AccessRequest(
        request.id(),
        request.ask(),
        request.terms(),
        request.times(),
        request.standing(),
        reviews.getOrDefault(request.id(), List.of()));
  }

  private static Map<String, List<Review>> reviews(Handle handle, List<AccessRequest> requests) {
    return handle
        .createQuery(
            "select request_id, reviewer, vote, reason, at_ms, duration_ms, resources from review"
                + " where request_id in (<ids>) order by at_ms, party")
        .bindList("ids", requests.stream().map(AccessRequest::id).toList())
        .map((row, context) -> Map.entry(row.getString("request_id"), review(new Columns(row))))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private static Review review(Columns columns) throws SQLException {
    long duration = columns.number("duration_ms");
    return new Review(
        columns.subject("reviewer"),
        Vote.valueOf(columns.text("vote")),
        columns.freeText("reason"),
        columns.time("at_ms"),
        new Narrowing(
            duration == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(duration)),
            JsonText.resources(columns.text("resources"))));
  }
}
