package dev.rolecall.access.runtime;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The time that a caller is told to wait. It differs from caller to caller: those who are refused
 * in one moment must not come back in one.
 *
 * @param random draws the difference; used by many threads
 */
public record RetryAfter(RandomGenerator random) {

  /** The least that a caller is told to wait, and the least they are spread over. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  /** Checks that nothing is absent. */
  public RetryAfter {
    requireNonNull(random, "random");
  }

  /** One to two seconds. */
  public Duration soon() {
    return after(LEAST, LEAST);
  }

  /**
   * A time from {@code first} on, of those that follow within {@code spread}.
   *
   * @param first when trying again may help; taken as a second if it is less
   * @param spread likewise
   */
  public Duration after(Duration first, Duration spread) {
    return atLeast(first).plusNanos(random.nextLong(atLeast(spread).toNanos() + 1));
  }

  private static Duration atLeast(Duration wait) {
    return wait.compareTo(LEAST) < 0 ? LEAST : wait;
  }
}
