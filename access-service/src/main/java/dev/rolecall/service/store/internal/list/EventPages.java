package dev.rolecall.service.store.internal.list;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.store.EventFilter;
import dev.rolecall.service.store.EventSearch;
import dev.rolecall.service.store.Page;
import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.internal.row.EventRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads pages of events. A search has no index: each of its queries passes over a bounded stretch
 * of revisions, and a page has a bounded number of queries. So a search that finds little holds the
 * database as briefly as one that finds much, and goes on with the next page.
 */
public final class EventPages {

  private static final int MOST_QUERIES = 10;
  private static final int MOST_ROWS = 500;
  private static final long STRETCH = 5_000;

  private static final String OLDEST_FIRST = "";
  private static final String NEWEST_FIRST = "newest";

  private final Handle handle;
  private final EventFilter filter;
  private final EventMatch match;
  private final Span all;

  private EventPages(Handle handle, EventFilter filter) {
    this.handle = handle;
    this.filter = filter;
    this.match = EventMatch.of(filter.search());
    this.all = Span.of(handle).after(filter.after());
  }

  public static Page<AccessEvent> read(Handle handle, EventFilter filter, PageKey page) {
    return new EventPages(handle, filter).page(page);
  }

  private Page<AccessEvent> page(PageKey page) {
    List<AccessEvent> items = new ArrayList<>();
    int limit = match.isAny() ? Math.min(MOST_ROWS, page.size() + 1) : MOST_ROWS;
    Span left = left(Cursor.inOrder(page, first()).number());
    for (int queries = 0; queries < MOST_QUERIES && !left.isEmpty(); queries++) {
      Span stretch = stretch(left);
      List<AccessEvent> rows = rows(stretch, limit);
      for (AccessEvent row : rows) {
        if (match.test(row)) {
          if (items.size() == page.size()) {
            return new Page<>(items, next(left));
          }
          items.add(row);
        }
        left = left(row.revision());
      }
      if (rows.size() < limit) {
        left = left(filter.newestFirst() ? stretch.low() + 1 : stretch.high() - 1);
      }
    }
    return new Page<>(items, left.isEmpty() ? Optional.empty() : next(left));
  }

  private Cursor first() {
    return filter.newestFirst()
        ? new Cursor(Long.MAX_VALUE, NEWEST_FIRST)
        : new Cursor(0, OLDEST_FIRST);
  }

  private Optional<String> next(Span left) {
    Cursor last =
        filter.newestFirst()
            ? new Cursor(left.high(), NEWEST_FIRST)
            : new Cursor(left.low(), OLDEST_FIRST);
    return Optional.of(last.text());
  }

  /** What comes after a revision in the order of the filter. */
  private Span left(long revision) {
    return filter.newestFirst() ? all.before(revision) : all.after(revision);
  }

  /** The part that the next query passes over. What has an index, or no condition, needs no end. */
  private Span stretch(Span left) {
    boolean isSearch = filter.permission().isPresent() || !filter.search().equals(EventSearch.ANY);
    if (filter.ref().isPresent() || !isSearch || left.high() - left.low() <= STRETCH) {
      return left;
    }
    return filter.newestFirst()
        ? left.after(left.high() - STRETCH - 1)
        : left.before(left.low() + STRETCH + 1);
  }

  private List<AccessEvent> rows(Span span, int limit) {
    EventSearch search = filter.search();
    Query query =
        handle
            .createQuery(
                EventRows.SELECT
                    + "where revision > :low and revision < :high"
                    + (filter.ref().isEmpty() ? "" : " and (ref = :ref or grant_id = :ref)")
                    + (filter.permission().isEmpty() ? "" : " and permission = :permission")
                    + search.kind().map(EventPages::kind).orElse("")
                    + (search.from().isEmpty() ? "" : " and at_ms >= :from")
                    + (search.until().isEmpty() ? "" : " and at_ms < :until")
                    + match.sql()
                    + " order by revision"
                    + (filter.newestFirst() ? " desc" : "")
                    + " limit :limit")
            .bind("low", span.low())
            .bind("high", span.high())
            .bind("limit", limit);
    match.bind(query);
    filter.ref().ifPresent(ref -> query.bind("ref", ref));
    filter.permission().ifPresent(name -> query.bind("permission", name.value()));
    search.kind().ifPresent(word -> query.bind("kind", word));
    search.from().ifPresent(time -> query.bind("from", millis(time)));
    search.until().ifPresent(time -> query.bind("until", millis(time)));
    return query.map(EventRows::read).list();
  }

  private static String kind(String word) {
    return word.endsWith(".")
        ? " and substr(kind, 1, " + word.length() + ") = :kind"
        : " and kind = :kind";
  }

  /** The first millisecond that is not before a time: events have whole ones. */
  private static long millis(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  /**
   * The revisions between two, both left out.
   *
   * @param low the one below
   * @param high the one above
   */
  private record Span(long low, long high) {

    /** All that the store has: the oldest may have been deleted. */
    static Span of(Handle handle) {
      return handle
          .createQuery(
              "select coalesce((select min(revision) from outbox), 1),"
                  + " coalesce((select max(revision) from outbox), 0)")
          .map((row, context) -> new Span(row.getLong(1) - 1, row.getLong(2) + 1))
          .one();
    }

    Span after(long revision) {
      return new Span(within(revision), high);
    }

    Span before(long revision) {
      return new Span(low, within(revision));
    }

    /** A cursor may state any number. */
    private long within(long revision) {
      return Math.min(Math.max(low, revision), high);
    }

    boolean isEmpty() {
      return high - low <= 1;
    }
  }
}
