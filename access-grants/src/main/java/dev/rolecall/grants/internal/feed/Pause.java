package dev.rolecall.grants.internal.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before the next attempt to follow: 100 ms, doubled at each failure up to 2 s, less up
 * to half by chance. Servers that lost their feed at one moment must not come back at one. Not safe
 * for use by several threads at once.
 */
final class Pause {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final RandomGenerator random;
  private Duration whole = FIRST;

  Pause(RandomGenerator random) {
    this.random = random;
  }

  /** The next one, which is longer than the last. */
  Duration next() {
    long half = whole.toNanos() / 2;
    Duration pause = Duration.ofNanos(half + random.nextLong(half + 1));
    Duration doubled = whole.multipliedBy(2);
    whole = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return pause;
  }

  /** All is well: the next pause is a short one. */
  void reset() {
    whole = FIRST;
  }
}
