package dev.rolecall.tokens.internal.keys;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The times between fetches. After a good one: as long as the keys are fresh, a tenth more or less,
 * so that a fleet's servers do not ask together. After a failure: a second, doubled each time up to
 * a minute, less up to half of it by chance.
 *
 * @param random draws the chance
 */
record FetchTimes(RandomGenerator random) {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int DOUBLINGS = 6;
  private static final int TENTH = 10;

  FetchTimes {
    requireNonNull(random, "random");
  }

  Duration afterGood(Duration fresh) {
    long tenth = fresh.toNanos() / TENTH;
    return fresh.plusNanos(random.nextLong(2 * tenth + 1) - tenth);
  }

  /** After so many failures in a row. */
  Duration afterFailures(int failures) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    Duration ceiling = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return ceiling.minusNanos(random.nextLong(ceiling.toNanos() / 2 + 1));
  }
}
