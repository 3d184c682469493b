package dev.rolecall.grants.internal.known;

import java.time.Duration;

/**
 * The reckoning of the service's time from the times that its messages state. The wall clock of
 * this server has no part in it. Not safe for use by several threads at once.
 *
 * <p>A message was on its way for a while, so the service's time is at least what it states. The
 * latest reckoning of all messages is therefore the closest, and a message that comes late changes
 * nothing: it cannot extend a grant. Two clocks run apart by at most {@value #DRIFT_PPM} millionths
 * (RFC 5905, section 7.1, PHI and the limits of kernels), so the reckoning gives way by that much.
 *
 * <p>A service whose clock was set back seems late for ever. The answer to a subscription shows the
 * difference: the service's time is at most what the answer states and the time since the question.
 */
final class ServiceTime {

  /** How far clocks may run apart, in millionths. */
  static final long DRIFT_PPM = 500;

  private static final long MILLION = 1_000_000;

  private final long mostAge;
  private boolean known;
  private long offset;
  private long at;

  /**
   * No time yet.
   *
   * @param mostAge how old the time of a message may be when it is sent
   */
  ServiceTime(Duration mostAge) {
    this.mostAge = mostAge.toNanos();
  }

  /** The service's time in nanoseconds of the epoch, less the ticker. */
  long offset() {
    return offset;
  }

  /** A message came. */
  void heard(long serviceMillis, long ticks) {
    long stated = Round.nanos(serviceMillis) - ticks;
    if (!known) {
      known = true;
      offset = stated;
    } else {
      long drift = Math.max(0, ticks - at) / MILLION * DRIFT_PPM;
      long before = offset - drift;
      offset = stated - before > 0 ? stated : before;
    }
    at = ticks;
  }

  /**
   * The first message of a subscription came.
   *
   * @param askedAt when it was asked for, by the ticker
   */
  void heardFirst(long serviceMillis, long ticks, long askedAt) {
    long latest = Round.nanos(serviceMillis) - askedAt;
    if (known && offset - latest > mostAge) {
      offset = latest;
      at = ticks;
    }
    heard(serviceMillis, ticks);
  }
}
