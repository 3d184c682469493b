package dev.rolecall.grants.internal.known;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The grants by id, and by permission and holder. Read by many threads at once without a lock, and
 * changed by one at a time. About 400 bytes a grant.
 */
final class GrantTable {

  private final Map<String, KnownGrant> byId = new ConcurrentHashMap<>();
  private final Map<GrantKey, List<KnownGrant>> byKey = new ConcurrentHashMap<>();
  private final int most;

  /** No grants yet, and room for so many. */
  GrantTable(int most) {
    this.most = most;
  }

  /** None, and as much room. */
  GrantTable emptied() {
    return new GrantTable(most);
  }

  /** Takes grants up, each in place of the one with its id; the number that had no room. */
  int putAll(List<KnownGrant> grants) {
    int left = 0;
    for (KnownGrant grant : grants) {
      left += put(grant) ? 0 : 1;
    }
    return left;
  }

  /** The grants of that permission and holder. */
  List<KnownGrant> of(GrantKey key) {
    List<KnownGrant> found = byKey.get(key);
    return found == null ? List.of() : found;
  }

  /** The grant of that id. */
  Optional<KnownGrant> of(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  int size() {
    return byId.size();
  }

  /** All of them, in no order. */
  List<KnownGrant> all() {
    return List.copyOf(byId.values());
  }

  /** Unless the one with its id is newer; false if there is no room for another. */
  private boolean put(KnownGrant grant) {
    KnownGrant before = byId.get(grant.id());
    if (before == null && byId.size() >= most) {
      return false;
    }
    if (before != null && before.revision() > grant.revision()) {
      return true;
    }
    byId.put(grant.id(), grant);
    if (before != null && !before.key().equals(grant.key())) {
      replace(before.key(), before, List.of());
    }
    replace(grant.key(), before, List.of(grant));
    return true;
  }

  /** Forgets the grants that ended before that moment. */
  void forgetEndedBefore(long millis) {
    List<KnownGrant> over =
        byId.values().stream().filter(grant -> grant.term().endsAtMillis() < millis).toList();
    for (KnownGrant grant : over) {
      byId.remove(grant.id());
      replace(grant.key(), grant, List.of());
    }
  }

  private void replace(GrantKey key, @Nullable KnownGrant before, List<KnownGrant> added) {
    List<KnownGrant> kept = new ArrayList<>(added);
    for (KnownGrant each : of(key)) {
      if (before == null || !each.id().equals(before.id())) {
        kept.add(each);
      }
    }
    if (kept.isEmpty()) {
      byKey.remove(key);
    } else {
      byKey.put(key, List.copyOf(kept));
    }
  }
}
