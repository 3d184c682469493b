package dev.rolecall.decisions;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A table with a bound on its rows. Those that a peer can make at will, such as refusals of calls
 * that differ as much as it likes, may take half of them: they must not keep the others out.
 *
 * <p>Safe for use by many threads. Finding a row takes no lock.
 */
final class BoundedTable<K, V> {

  private final Map<K, V> rows = new ConcurrentHashMap<>();
  private final AtomicInteger places;
  private final AtomicInteger placesAtWill;
  private final Function<K, V> maker;
  private final Predicate<K> isMadeAtWill;

  /**
   * An empty table.
   *
   * @param most how many rows it has at most
   * @param maker makes the row of a new key
   * @param isMadeAtWill whether a peer can make rows of such keys at will
   */
  BoundedTable(int most, Function<K, V> maker, Predicate<K> isMadeAtWill) {
    this.places = new AtomicInteger(most);
    this.placesAtWill = new AtomicInteger(most / 2);
    this.maker = maker;
    this.isMadeAtWill = isMadeAtWill;
  }

  /** The row of that key, made if there is a place; null if there is none. */
  @Nullable V row(K key) {
    V known = rows.get(key);
    return known != null ? known : made(key);
  }

  private @Nullable V made(K key) {
    boolean atWill = isMadeAtWill.test(key);
    if (atWill && !taken(placesAtWill)) {
      return null;
    }
    if (!taken(places)) {
      giveBack(atWill, placesAtWill);
      return null;
    }
    V made = maker.apply(key);
    V other = rows.putIfAbsent(key, made);
    if (other == null) {
      return made;
    }
    places.incrementAndGet();
    giveBack(atWill, placesAtWill);
    return other;
  }

  private static boolean taken(AtomicInteger places) {
    return places.getAndUpdate(free -> Math.max(0, free - 1)) > 0;
  }

  private static void giveBack(boolean atWill, AtomicInteger placesAtWill) {
    if (atWill) {
      placesAtWill.incrementAndGet();
    }
  }

  /** Frees the places of those rows. What is added to one meanwhile may be lost. */
  void removeIf(Predicate<V> isOver) {
    rows.forEach(
        (key, row) -> {
          if (isOver.test(row) && rows.remove(key, row)) {
            places.incrementAndGet();
            giveBack(isMadeAtWill.test(key), placesAtWill);
          }
        });
  }

  /** The rows, in no order; a view. */
  Collection<V> rows() {
    return rows.values();
  }
}
