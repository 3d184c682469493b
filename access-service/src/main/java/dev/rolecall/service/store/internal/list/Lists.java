package dev.rolecall.service.store.internal.list;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.GrantState;
import dev.rolecall.service.request.RequestState;
import dev.rolecall.service.store.GrantFilter;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.RequestFilter;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.LockRows;
import dev.rolecall.service.store.internal.row.RequestRows;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads pages of lists. A page begins after a key, not after a number of rows. */
public final class Lists {

  private static final String NEWEST_FIRST = " order by created_at desc, id desc limit :limit";
  private static final String OLDER =
      "(created_at < :number or (created_at = :number and id < :id))";

  /** By the indexes of both, which have few rows: a list of these must not read the history. */
  private static final String WAITING =
      " and id in (select id from access_request where state = 'PENDING' and pending_until > <clock>"
          + " union all select request_id from access_grant where post_review = 'REQUIRED')";

  private Lists() {}

  public static Page<AccessRequest> requests(Handle handle, RequestFilter filter, PageKey page) {
    String where =
        RequestRows.SELECT
            + "where "
            + OLDER
            + states(RequestRows.STATE, filter.states(), isByState(filter))
            + (filter.party().isEmpty()
                ? ""
                : " and (requester_party = :party or beneficiary_party = :party)")
            + (filter.permissions().isEmpty() ? "" : " and permission in (<permissions>)")
            + (filter.waiting() ? WAITING : "")
            + NEWEST_FIRST;
    return new Scan<AccessRequest>(
            (after, limit) -> {
              Query query = query(handle, where, after, limit);
              bindStates(query, filter.states(), written(filter.states()), isByState(filter));
              filter.party().ifPresent(party -> query.bind("party", party));
              bindPermissions(query, filter.permissions());
              return RequestRows.withReviews(handle, query.map(RequestRows::read).list());
            },
            request -> new Cursor(request.times().createdAt().toEpochMilli(), request.id()))
        .page(Cursor.of(page, Cursor.NEWEST), page.size(), filter.also());
  }

  /**
   * The condition of states, also of those that are written, which have an index. Without that the
   * database goes by the index of a party.
   */
  private static String states(String now, Set<?> states, boolean byState) {
    return states.isEmpty()
        ? ""
        : (byState ? " and state in (<written>)" : "") + " and " + now + " in (<states>)";
  }

  /** Few requests are pending, and few of the others are of one party. */
  private static boolean isByState(RequestFilter filter) {
    return filter.party().isEmpty() || filter.states().equals(Set.of(RequestState.PENDING));
  }

  /** Few grants are open, and few of the others are of one party. */
  private static boolean isByState(GrantFilter filter) {
    return (filter.involved().isEmpty() && filter.parties().isEmpty())
        || !(filter.states().contains(GrantState.EXPIRED)
            || filter.states().contains(GrantState.REVOKED));
  }

  private static void bindStates(
      Query query, Set<? extends Enum<?>> states, Set<? extends Enum<?>> written, boolean byState) {
    if (!states.isEmpty()) {
      query.bindList("states", names(states));
      if (byState) {
        query.bindList("written", names(written));
      }
    }
  }

  private static Set<RequestState> written(Set<RequestState> states) {
    Set<RequestState> written = new HashSet<>(states);
    if (states.contains(RequestState.LAPSED)) {
      written.add(RequestState.PENDING);
    }
    return written;
  }

  public static Page<AccessGrant> grants(Handle handle, GrantFilter filter, PageKey page) {
    String where =
        GrantRows.SELECT
            + "where "
            + OLDER
            + states(GrantRows.STATE, filter.states(), isByState(filter))
            + (filter.parties().isEmpty() ? "" : " and holder_party in (<parties>)")
            + (filter.involved().isEmpty()
                ? ""
                : " and (holder_party = :involved or requester_party = :involved)")
            + (filter.permissions().isEmpty() ? "" : " and permission in (<permissions>)")
            + NEWEST_FIRST;
    return new Scan<DatedGrant>(
            (after, limit) -> {
              Query query = query(handle, where, after, limit);
              bindStates(query, filter.states(), writtenGrants(filter.states()), isByState(filter));
              if (!filter.parties().isEmpty()) {
                query.bindList("parties", List.copyOf(filter.parties()));
              }
              filter.involved().ifPresent(party -> query.bind("involved", party));
              bindPermissions(query, filter.permissions());
              return query
                  .map(
                      (row, context) ->
                          new DatedGrant(GrantRows.read(row, context), row.getLong("created_at")))
                  .list();
            },
            dated -> new Cursor(dated.createdAt(), dated.grant().id()))
        .page(
            Cursor.of(page, Cursor.NEWEST), page.size(), dated -> filter.also().test(dated.grant()))
        .map(DatedGrant::grant);
  }

  private static Set<GrantState> writtenGrants(Set<GrantState> states) {
    Set<GrantState> written = new HashSet<>(states);
    if (states.contains(GrantState.EXPIRED) || states.contains(GrantState.ACTIVE)) {
      written.add(GrantState.SCHEDULED);
    }
    if (states.contains(GrantState.EXPIRED)) {
      written.add(GrantState.ACTIVE);
    }
    return written;
  }

  public static Page<AccessLock> locks(Handle handle, PageKey page) {
    String where =
        LockRows.SELECT
            + "where (locked_at < :number or (locked_at = :number and id < :id))"
            + " and "
            + LockRows.HOLDS
            + " order by locked_at desc, id desc limit :limit";
    return new Scan<AccessLock>(
            (after, limit) -> query(handle, where, after, limit).map(LockRows::read).list(),
            lock -> new Cursor(lock.locked().at().toEpochMilli(), lock.id()))
        .page(Cursor.of(page, Cursor.NEWEST), page.size(), lock -> true);
  }

  private static Query query(Handle handle, String text, Cursor after, int limit) {
    return handle
        .createQuery(text)
        .bind("number", after.number())
        .bind("id", after.id())
        .bind("limit", limit);
  }

  private static void bindPermissions(Query query, Set<PermissionName> permissions) {
    if (!permissions.isEmpty()) {
      query.bindList("permissions", permissions.stream().map(PermissionName::value).toList());
    }
  }

  private static List<String> names(Collection<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).toList();
  }

  /** A grant with its sort key. */
  private record DatedGrant(AccessGrant grant, long createdAt) {}
}
