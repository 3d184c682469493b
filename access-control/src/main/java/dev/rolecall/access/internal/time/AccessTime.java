package dev.rolecall.access.internal.time;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rolecall.identity.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The two times that a credential is held against: the wall clock's, which may be set, and that
 * which has passed since the control was made, which only grows. A credential has lapsed once
 * either says so: a clock that steps back brings nothing back, and one that steps forward is
 * obeyed.
 */
public final class AccessTime {

  /** Elapsed time that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The longest life, a hundred years: elapsed time is counted in nanoseconds. */
  private static final long LONGEST_MILLIS = Duration.ofDays(36_525).toMillis();

  private static final long LAST_SECOND = Long.MAX_VALUE / 1_000 - 1;

  private final Clock clock;
  private final LongSupplier ticker;
  private final long origin;

  /**
   * When each caller's credential lapses, in elapsed time, reckoned when it was first seen: a
   * credential that comes again on another connection after the clock was set back gains nothing.
   * Key: the caller that the verifier made, weakly and by identity. Size and lifetime: those of its
   * cache, and of the connections.
   */
  private final LoadingCache<Caller, Long> lapses =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build(this::reckonLapse);

  private volatile long atLastWalk;

  /**
   * The time from now on.
   *
   * @param ticker elapsed time in nanoseconds, from any origin
   */
  public AccessTime(Clock clock, LongSupplier ticker) {
    this.clock = requireNonNull(clock, "clock");
    this.ticker = requireNonNull(ticker, "ticker");
    this.origin = ticker.getAsLong();
  }

  /** The wall clock, in milliseconds of the epoch. */
  public long millis() {
    return clock.millis();
  }

  /** An end in milliseconds of the epoch; {@link Long#MAX_VALUE} where it lies beyond them all. */
  public static long endMillis(Instant end) {
    return end.getEpochSecond() > LAST_SECOND ? Long.MAX_VALUE : end.toEpochMilli();
  }

  /** The wall clock. */
  public Instant instant() {
    return clock.instant();
  }

  /** Nanoseconds since the control was made. */
  public long elapsed() {
    return ticker.getAsLong() - origin;
  }

  /** The same as of the last walk over the live calls: a read of a field, for what runs often. */
  public long elapsedAtLastWalk() {
    return atLastWalk;
  }

  /** The ticker's value at that {@link #elapsed}. */
  public long ticksAt(long elapsed) {
    return origin + elapsed;
  }

  /** A walk has read {@link #elapsed}. */
  public void walkedAt(long elapsed) {
    atLastWalk = elapsed;
  }

  /** When the caller's credential lapses, in elapsed time. */
  public long lapseOf(Caller caller) {
    return lapses.get(caller);
  }

  private long reckonLapse(Caller caller) {
    long left = endMillis(caller.notAfter()) - clock.millis();
    return elapsed() + Duration.ofMillis(Math.max(0, Math.min(left, LONGEST_MILLIS))).toNanos();
  }
}
