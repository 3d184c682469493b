package dev.rolecall.benchmarks.proxy;

import java.time.Duration;

/**
 * The length of a run.
 *
 * @param fleets the least number of sets of processes: two JVMs of the same code differ for life
 * @param mostFleets their number if the machine stays noisy
 * @param rounds of a fleet
 * @param slice the length of one of the two slices of a variant in a round
 * @param warmUpCalls of each variant before; by number, since a busy machine would have compiled
 *     little in a given time, and what is compiled later counts as CPU of calls
 * @param revocations how often streams are ended
 */
record Plan(
    int fleets, int mostFleets, int rounds, Duration slice, long warmUpCalls, int revocations) {

  /** What needs no compiler is warm after so many. */
  static final long FEW_CALLS = 2_000;

  static final Plan QUICK = new Plan(1, 1, 5, Duration.ofMillis(250), 100_000, 2);

  static final Plan FULL = new Plan(3, 5, 8, Duration.ofMillis(500), 300_000, 10);
}
