package dev.rolecall.service.store.internal.sql;

import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.store.News;
import dev.rolecall.service.store.Position;
import dev.rolecall.service.store.StoredKey;
import dev.rolecall.service.store.internal.row.GrantRows;
import dev.rolecall.service.store.internal.row.LockRows;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** Reads the things that changed after a revision, in the one state that its transaction sees. */
final class NewsReader {

  private NewsReader() {}

  static Position position(Handle snapshot) {
    return snapshot
        .createQuery("select n, epoch, <clock> as now_ms from feed_revision where one = 1")
        .map(
            (row, context) ->
                new Position(
                    row.getString("epoch"),
                    row.getLong("n"),
                    Instant.ofEpochMilli(row.getLong("now_ms"))))
        .one();
  }

  static News read(Handle snapshot, long after, int limit) {
    Position newest = position(snapshot);
    if (newest.revision() == after) {
      return new News(newest, List.of(), List.of(), List.of(), false, false);
    }
    List<AccessGrant> grants = grants(snapshot, after, limit);
    List<AccessLock> locks = locks(snapshot, after, limit);
    boolean keysChanged = haveKeysChanged(snapshot, after);
    List<StoredKey> keys = keysChanged ? SqlKeys.list(snapshot) : List.of();
    if (grants.size() + locks.size() <= limit) {
      return new News(newest, grants, locks, keys, keysChanged, false);
    }
    long last = revisions(grants, locks).sorted().skip(limit - 1L).findFirst().orElseThrow();
    return new News(
        new Position(newest.epoch(), last, newest.time()),
        grants.stream().filter(grant -> grant.revision() <= last).toList(),
        locks.stream().filter(lock -> lock.revision() <= last).toList(),
        keys,
        keysChanged,
        true);
  }

  private static LongStream revisions(List<AccessGrant> grants, List<AccessLock> locks) {
    return LongStream.concat(
        grants.stream().mapToLong(AccessGrant::revision),
        locks.stream().mapToLong(AccessLock::revision));
  }

  private static List<AccessGrant> grants(Handle snapshot, long after, int limit) {
    return snapshot
        .createQuery(
            GrantRows.SELECT
                + "where revision > :after and ends_at > <clock> order by revision limit :limit")
        .bind("after", after)
        .bind("limit", limit + 1)
        .map(GrantRows::read)
        .list();
  }

  private static List<AccessLock> locks(Handle snapshot, long after, int limit) {
    return snapshot
        .createQuery(
            LockRows.SELECT
                + "where revision > :after and (:after > 0 or unlocked_at is null)"
                + " and (lock_until is null or lock_until > <clock>)"
                + " order by revision limit :limit")
        .bind("after", after)
        .bind("limit", limit + 1)
        .map(LockRows::read)
        .list();
  }

  private static boolean haveKeysChanged(Handle snapshot, long after) {
    return snapshot
            .createQuery("select count(*) from signing_key where revision > :after")
            .bind("after", after)
            .mapTo(Long.class)
            .one()
        > 0;
  }
}
