package dev.rolecall.service.internal.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The store's time between two readings of it, by this node's ticker. No wall clock of the node is
 * read. Safe for use by many threads.
 *
 * <p>A reading says that the store's time was {@code t} at some moment between the question and the
 * answer. So the difference of store and ticker lies in an interval, and what was reckoned before
 * is moved into it: a slow answer changes nothing that a fast one has told, and a step of the
 * store's clock is followed.
 */
final class StoreTime {

  private static final long MILLION = 1_000_000;

  private final LongSupplier ticker;
  private volatile @Nullable Reading last;

  /** The difference of the two in nanoseconds, and when the last answer came. */
  private record Reading(long difference, long answeredAt) {}

  StoreTime(LongSupplier ticker) {
    this.ticker = ticker;
  }

  long ticks() {
    return ticker.getAsLong();
  }

  /**
   * The store has answered.
   *
   * @param time the time that it has stated
   * @param askedAt the ticker before the question
   */
  synchronized void read(Instant time, long askedAt) {
    long now = ticker.getAsLong();
    long nanos = time.toEpochMilli() * MILLION;
    long least = nanos - now;
    long most = nanos - askedAt;
    Reading before = last;
    long difference = before == null ? least : Math.max(least, Math.min(before.difference(), most));
    last = new Reading(difference, now);
  }

  /** The time; empty before the first reading. */
  Optional<Instant> now() {
    Reading reading = last;
    return reading == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli((ticker.getAsLong() + reading.difference()) / MILLION));
  }

  /** Whether the store has answered within that time. */
  boolean isYoungerThan(Duration age) {
    Reading reading = last;
    return reading != null && ticker.getAsLong() - reading.answeredAt() < age.toNanos();
  }
}
