package dev.rolecall.tokens.internal.budget;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values by key for a while after they were last kept: at most so many, the oldest of which goes
 * first. Safe for use by many threads; each operation holds one lock for a moment.
 */
final class Recent<K, V> {

  private final int most;
  private final long life;
  private final LongSupplier ticker;

  /** In the order in which they were last kept. Guarded by itself. */
  private final LinkedHashMap<K, Kept<V>> kept = new LinkedHashMap<>();

  private record Kept<V>(V value, long at) {}

  Recent(int most, Duration life, LongSupplier ticker) {
    this.most = most;
    this.life = life.toNanos();
    this.ticker = ticker;
  }

  /** Keeps what is there for longer, or the value. */
  void keep(K key, Supplier<V> value) {
    long now = ticker.getAsLong();
    synchronized (kept) {
      Kept<V> before = kept.remove(key);
      V goesOn = before != null && isFresh(before, now) ? before.value() : value.get();
      kept.put(key, new Kept<>(goesOn, now));
      Iterator<Map.Entry<K, Kept<V>>> oldest = kept.entrySet().iterator();
      if (kept.size() > most) {
        oldest.next();
        oldest.remove();
      }
    }
  }

  @Nullable V get(K key) {
    long now = ticker.getAsLong();
    synchronized (kept) {
      Kept<V> found = kept.get(key);
      return found != null && isFresh(found, now) ? found.value() : null;
    }
  }

  private boolean isFresh(Kept<V> found, long now) {
    return now - found.at() < life;
  }
}
