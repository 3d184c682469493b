package dev.rolecall.renewal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * The life of a credential, in three parts: fresh, stale, expired. Times are kept in whole
 * milliseconds. Immutable.
 */
public final class Lifetime {

  private static final Duration LEAST_UNUSED = Duration.ofSeconds(30);

  /** The use that a call makes of a credential. */
  public enum Age {
    /** Uses it. */
    FRESH,
    /** Uses it, while one renewal runs. */
    STALE,
    /** Waits for the renewal. */
    EXPIRED
  }

  private final long begin;
  private final long staleAt;
  private final long expiredAt;

  private Lifetime(long begin, long staleAt, long expiredAt) {
    this.begin = begin;
    this.staleAt = staleAt;
    this.expiredAt = expiredAt;
  }

  /**
   * The life of a credential that is good from {@code begin} to {@code end}. Fresh for two thirds.
   * The last sixth is not used, and no less than 30 seconds, for a call on its way and for clocks
   * that differ. Of a life below two minutes that would leave too little: there the last quarter is
   * not used.
   *
   * @throws IllegalArgumentException if the end is before the beginning
   */
  public static Lifetime of(Instant begin, Instant end) {
    Duration life = Duration.between(begin, end);
    Duration unused = shorter(longer(life.dividedBy(6), LEAST_UNUSED), life.dividedBy(4));
    return of(begin, begin.plus(life.multipliedBy(2).dividedBy(3)), end.minus(unused));
  }

  /**
   * A life with bounds of your own.
   *
   * @param begin the earliest time of use; a clock before it was put right since, so the credential
   *     is renewed
   * @param staleAt the time from which it is renewed behind the calls that use it
   * @param expiredAt the time from which no call uses it
   * @throws IllegalArgumentException if the times are not in that order
   */
  public static Lifetime of(Instant begin, Instant staleAt, Instant expiredAt) {
    requireNonNull(begin, "begin");
    requireNonNull(staleAt, "staleAt");
    requireNonNull(expiredAt, "expiredAt");
    if (staleAt.isBefore(begin) || expiredAt.isBefore(staleAt)) {
      throw new IllegalArgumentException(
          "life: "
              + begin
              + ", "
              + staleAt
              + ", "
              + expiredAt
              + " (expected: three times in that order)");
    }
    return new Lifetime(begin.toEpochMilli(), staleAt.toEpochMilli(), expiredAt.toEpochMilli());
  }

  /** The age at that time, in milliseconds since 1970. */
  public Age age(long now) {
    // A clock that was ahead at the beginning and was then put right: servers say "not yet valid".
    if (now < begin || now >= expiredAt) {
      return Age.EXPIRED;
    }
    return now < staleAt ? Age.FRESH : Age.STALE;
  }

  /** The same life without its fresh part. */
  Lifetime withoutFreshPart() {
    return new Lifetime(begin, begin, expiredAt);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  /** The three times. */
  @Override
  public String toString() {
    return "Lifetime["
        + Instant.ofEpochMilli(begin)
        + ", stale at "
        + Instant.ofEpochMilli(staleAt)
        + ", expired at "
        + Instant.ofEpochMilli(expiredAt)
        + "]";
  }
}
