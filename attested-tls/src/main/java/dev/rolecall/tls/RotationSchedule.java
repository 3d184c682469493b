package dev.rolecall.tls;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The times of one certificate: its renewal, and the last moment before it lapses.
 *
 * <p>Each time is kept by the wall clock and by elapsed time, and has come once either says so. So
 * there is no special case for a machine that slept, or for a clock that was set, forward or back.
 */
final class RotationSchedule {

  /** Between attempts, and at least between one certificate and the next. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  /** Before the old one's end: for a handshake on its way, and for clocks that differ. */
  static final Duration LAST_MOMENT = Duration.ofSeconds(30);

  /** Ends that started together do not all come to STS together. */
  static final Duration STAGGER = Duration.ofSeconds(30);

  private final Clock clock;
  private final LongSupplier ticker;
  private final RandomGenerator random;

  /** The time at which the last moment of the current one begins. */
  private volatile Moment lastMoment;

  /** The time to make the next one, or to try again. Set when a renewal ends. */
  private volatile Moment due;

  /**
   * A time by two clocks.
   *
   * @param wall as the clock has it
   * @param nanos as the ticker has it
   */
  record Moment(Instant wall, long nanos) {

    /** A clock that is set back must not put it off: either clock suffices. */
    private boolean hasComeAt(Moment now) {
      return !now.wall.isBefore(wall) || now.nanos - nanos >= 0;
    }
  }

  /**
   * Begins with the times of the first certificate.
   *
   * @param runtime has the clock and the ticker
   */
  RotationSchedule(AccessRuntime runtime, RandomGenerator random, KeyedAttestation first) {
    this.clock = runtime.clock();
    this.ticker = runtime.ticker();
    this.random = requireNonNull(random, "random");
    this.due = rotationOf(first);
    this.lastMoment = lastMomentOf(first);
  }

  /** The time it is, to ask about both times alike. */
  Moment now() {
    Instant wall = clock.instant();
    return new Moment(wall, ticker.getAsLong());
  }

  boolean isDue(Moment now) {
    return due.hasComeAt(now);
  }

  boolean isLastMoment(Moment now) {
    return lastMoment.hasComeAt(now);
  }

  /** Whether the wall clock is past that time. */
  boolean isPast(Instant end) {
    return clock.instant().isAfter(end);
  }

  /** Takes the times of a certificate that replaces the current one. */
  void follow(KeyedAttestation next) {
    lastMoment = lastMomentOf(next);
    due = rotationOf(next);
  }

  /** Puts the next attempt a pause off. */
  void putOff() {
    due = at(clock.instant().plus(PAUSE));
  }

  /** Not at once again, however soon the credentials end. */
  private Moment rotationOf(KeyedAttestation attestation) {
    Instant staggered = attestation.renewAt().minusMillis(random.nextLong(STAGGER.toMillis()));
    Instant soonest = clock.instant().plus(PAUSE);
    return at(staggered.isBefore(soonest) ? soonest : staggered);
  }

  private Moment lastMomentOf(KeyedAttestation attestation) {
    // A millisecond later: at that very time it is not yet the last moment.
    return at(attestation.end().minus(LAST_MOMENT).plusMillis(1));
  }

  private Moment at(Instant wall) {
    Duration left = Duration.between(clock.instant(), wall);
    return new Moment(wall, ticker.getAsLong() + left.toNanos());
  }
}
