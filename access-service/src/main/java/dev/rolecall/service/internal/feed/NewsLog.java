package dev.rolecall.service.internal.feed;

import static java.util.Objects.requireNonNull;

import dev.rolecall.grants.v1.GrantState;
import dev.rolecall.service.request.AccessLock;
import dev.rolecall.service.store.News;
import dev.rolecall.service.store.StoredKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * The news of one history of a store, by revision, with one entry for each grant and lock: its
 * newest state. So a subscriber needs no queue but a cursor, however slow it is. Read by many
 * threads, written by one at a time.
 */
final class NewsLog {

  /**
   * How many revisions the end of a lock is told for. A subscriber that comes later starts anew.
   */
  static final long LIFTED_LOCKS_KEPT = 10_000;

  private final String epoch;
  private final NavigableMap<Long, Item> byRevision = new ConcurrentSkipListMap<>();

  /** Guarded by this. */
  private final Map<String, Long> revisions = new HashMap<>();

  /** Written under this. */
  private final Map<HolderKey, List<Item.OfGrant>> byHolder = new ConcurrentHashMap<>();

  /** Written under this. */
  private final Map<String, AccessLock> locks = new ConcurrentHashMap<>();

  private volatile long floor;
  private volatile long revision;
  private volatile Keys keys = new Keys(List.of(), 0);

  /**
   * The signing keys of grant tokens.
   *
   * @param all those that are trusted, or will be
   * @param revision the revision at which they were heard of
   */
  record Keys(List<StoredKey> all, long revision) {
    Keys {
      all = List.copyOf(all);
    }
  }

  /**
   * A log without news.
   *
   * @param floor the least revision that a subscriber can go on from
   */
  NewsLog(String epoch, long floor) {
    this.epoch = requireNonNull(epoch, "epoch");
    this.floor = floor;
  }

  String epoch() {
    return epoch;
  }

  /** The newest revision of which all news are here. */
  long revision() {
    return revision;
  }

  /** Whether a subscriber that has all news up to there can go on from there. */
  boolean canResumeFrom(long after) {
    return after > 0 && after >= floor;
  }

  Keys keys() {
    return keys;
  }

  int size() {
    return byRevision.size();
  }

  /** The items from one revision on, exclusive, to another, inclusive. Weakly consistent. */
  Collection<Item> between(long after, long upTo) {
    return byRevision.subMap(after, false, upTo, true).values();
  }

  /** The grants of that permission and holder, those that are revoked included. */
  List<GrantState> grantsOf(HolderKey key) {
    return byHolder.getOrDefault(key, List.of()).stream().map(Item.OfGrant::state).toList();
  }

  /** The locks that have not been lifted. */
  Collection<AccessLock> locks() {
    return locks.values();
  }

  /** Takes news up. The revision grows last, so what is read up to it is all there. */
  synchronized void take(News news) {
    news.grants().forEach(grant -> put(Item.OfGrant.of(grant)));
    news.locks().forEach(lock -> put(new Item.OfLock(lock)));
    if (news.keysChanged()) {
      keys = new Keys(news.keys(), news.position().revision());
    }
    revision = Math.max(revision, news.position().revision());
  }

  private void put(Item item) {
    Long before = revisions.get(item.id());
    if (before == null || before <= item.revision()) {
      revisions.put(item.id(), item.revision());
      byRevision.put(item.revision(), item);
      index(item);
      if (before != null && before != item.revision()) {
        byRevision.remove(before);
      }
    }
  }

  private void index(Item item) {
    if (item instanceof Item.OfGrant grant) {
      byHolder.merge(
          HolderKey.of(grant.state()),
          List.of(grant),
          (known, fresh) ->
              Stream.concat(without(known, grant.id()).stream(), fresh.stream()).toList());
    } else if (item instanceof Item.OfLock lock && !lock.isLifted()) {
      locks.put(lock.id(), lock.lock());
    } else {
      locks.remove(item.id());
    }
  }

  private void unindex(Item item) {
    locks.remove(item.id());
    if (item instanceof Item.OfGrant grant) {
      byHolder.computeIfPresent(
          HolderKey.of(grant.state()),
          (key, known) -> {
            List<Item.OfGrant> left = without(known, grant.id());
            return left.isEmpty() ? null : left;
          });
    }
  }

  private static List<Item.OfGrant> without(List<Item.OfGrant> grants, String id) {
    return grants.stream().filter(each -> !each.id().equals(id)).toList();
  }

  /** Forgets what time has ended, and the ends of locks of long ago. */
  synchronized void forget(long storeMillis) {
    long kept = revision - LIFTED_LOCKS_KEPT;
    for (Iterator<Item> items = byRevision.values().iterator(); items.hasNext(); ) {
      Item item = items.next();
      boolean lifted =
          item instanceof Item.OfLock lock && lock.isLifted() && item.revision() <= kept;
      if (lifted) {
        floor = Math.max(floor, item.revision());
      }
      if (lifted || item.isOver(storeMillis)) {
        items.remove();
        revisions.remove(item.id());
        unindex(item);
      }
    }
  }
}
