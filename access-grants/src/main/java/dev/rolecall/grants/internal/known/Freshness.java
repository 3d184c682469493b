package dev.rolecall.grants.internal.known;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time for which what is known may be relied on. The question takes no lock; the rest is for
 * one thread at a time.
 */
final class Freshness {

  private final long limitMillis;
  private boolean wasFresh;

  private volatile long until;

  /**
   * Nothing is fresh yet.
   *
   * @param limit how long what is known counts after the time of the last message
   * @param ticks now
   */
  Freshness(Duration limit, long ticks) {
    this.limitMillis = limit.toMillis();
    this.until = ticks;
  }

  /** The moment from which on nothing is fresh. To be compared by difference. */
  long until() {
    return until;
  }

  /** Nanoseconds since the time that the newest message stated. */
  long age(long ticks) {
    return ticks - until + TimeUnit.MILLISECONDS.toNanos(limitMillis);
  }

  boolean isFresh(long ticks) {
    return ticks - until < 0;
  }

  /**
   * A message stated that time of the service's. One that was long on its way proves no more than
   * those before it.
   */
  void stated(long serviceMillis, Round round) {
    long next = round.ticksOf(serviceMillis + limitMillis);
    if (next - until > 0) {
      until = next;
    }
  }

  /** Whether it has become stale or fresh since this was last asked. */
  boolean hasTurned(long ticks) {
    boolean before = wasFresh;
    wasFresh = isFresh(ticks);
    return wasFresh != before;
  }
}
