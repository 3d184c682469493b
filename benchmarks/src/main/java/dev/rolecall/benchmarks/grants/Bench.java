package dev.rolecall.benchmarks.grants;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.Goal;
import dev.rolecall.benchmarks.Run;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The parts that all measurements of a run share.
 *
 * @param run where figures go
 * @param sizes of the run
 * @param place where services are started
 * @param fleet of enforcers and clients
 * @param pushes to compare with
 * @param reasons of all streams that have ended
 */
record Bench(
    Run run, Sizes sizes, Service.Place place, Fleet fleet, Pushes pushes, Reasons reasons) {

  private static final double MOST_PUSH_MILLIS = 100;

  /** Refuses absent parts. */
  Bench {
    requireNonNull(run, "run");
    requireNonNull(sizes, "sizes");
    requireNonNull(place, "place");
    requireNonNull(fleet, "fleet");
    requireNonNull(pushes, "pushes");
    requireNonNull(reasons, "reasons");
  }

  /** Adds a figure, and says so if its goal is missed. */
  static void judge(Run run, String figure, double value) {
    run.figures().add(figure, value);
    Goal goal = Goal.of(figure).orElseThrow();
    if (!goal.isReachedBy(value)) {
      run.miss(String.format(Locale.ROOT, "%s: %.0f (goal: %s)", figure, value, goal.target()));
    }
  }

  /**
   * The same of a delay, which says something about Rolecall only beside a bare push that is quick.
   *
   * @param push p99 of a bare push in milliseconds
   */
  static void judgeBeside(double push, Run run, String figure, double value) {
    if (push < MOST_PUSH_MILLIS) {
      judge(run, figure, value);
      return;
    }
    run.figures().add(figure, value);
    run.doubt(
        String.format(
            Locale.ROOT,
            "%s: p99 of a bare push is %.0f ms here (expected: under %.0f ms)",
            figure,
            push,
            MOST_PUSH_MILLIS));
  }

  /** The name of a holder of the crowd. */
  static String holder(int number) {
    return "holder" + number;
  }

  /** The name of a holder whose grant is revoked alone. */
  static String victim(int number) {
    return "victim" + number;
  }

  /** One line about how far it is. */
  void say(String format, Object... values) {
    run.out().printf(Locale.ROOT, format + "%n", values);
  }

  /** The load average of the last minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** The circumstances, as the titles of tables have them. */
  String circumstances() {
    return String.format(
        Locale.ROOT,
        "%,d live streams, %d cores, load average %.1f",
        sizes.streams(),
        Runtime.getRuntime().availableProcessors(),
        load());
  }

  /**
   * Opens the streams of the crowd, whose holders must have their grants.
   *
   * @param ticking how many of the holders have one stream at each enforcer that ticks
   * @return how long it took, in nanoseconds
   */
  long openCrowd(int ticking) {
    long began = System.nanoTime();
    for (int i = 0; i < Sizes.HOLDERS; i++) {
      int silent = sizes.perHolder();
      if (i < ticking) {
        fleet.tick(holder(i), 1);
        silent--;
      }
      fleet.hold(holder(i), silent);
      if ((i + 1) % 5 == 0) {
        say(
            "  %,d streams are open after %.0f s",
            (i + 1) * Sizes.ENFORCERS * sizes.perHolder(), (System.nanoTime() - began) / 1e9);
      }
    }
    return System.nanoTime() - began;
  }
}
