package dev.rolecall.grants.internal.known;

import java.util.concurrent.TimeUnit;

/**
 * A state of what is known: another one is in force once a grant, a lock, a key or the reckoning of
 * time has changed. Compared by identity. Answers are kept as long as it stays.
 */
public final class Round {

  private static final long LAST_MILLIS = Long.MAX_VALUE / TimeUnit.MILLISECONDS.toNanos(1);

  private final boolean known;
  private final long offset;

  private Round(boolean known, long offset) {
    this.known = known;
    this.offset = offset;
  }

  /** Nothing has been heard. */
  static Round unknown() {
    return new Round(false, 0);
  }

  /**
   * A state at that reckoning of time.
   *
   * @param offset the service's time in nanoseconds of the epoch, less the ticker
   */
  static Round at(long offset) {
    return new Round(true, offset);
  }

  /** Whether anything has been heard: else there is no time either. */
  public boolean isKnown() {
    return known;
  }

  /** The service's time at that moment, in milliseconds of the epoch. */
  public long serviceMillis(long ticks) {
    return Math.floorDiv(ticks + offset, TimeUnit.MILLISECONDS.toNanos(1));
  }

  /** The moment by the ticker of that time of the service's. To be compared by difference. */
  public long ticksOf(long serviceMillis) {
    return nanos(serviceMillis) - offset;
  }

  long offset() {
    return offset;
  }

  /** Nanoseconds of the epoch, up to the year 2262. */
  static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(Math.min(millis, LAST_MILLIS));
  }
}
