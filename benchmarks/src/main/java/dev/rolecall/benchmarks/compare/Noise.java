package dev.rolecall.benchmarks.compare;

import dev.rolecall.benchmarks.Goal;
import dev.rolecall.benchmarks.Run;
import java.util.Locale;

/** The judgement of figures, where the machine is quiet enough for one. */
public final class Noise {

  private static final double MOST = 0.05;

  private Noise() {}

  /** Whether two variants that are the same are too far apart. */
  public static boolean isTooMuch(double noise) {
    return noise > MOST;
  }

  /** Adds the noise of a part; says which goals were missed, or that it is too noisy to say. */
  public static void judge(Run run, String part, double noise, String... figures) {
    run.figures().add(part + "_noise", noise);
    if (isTooMuch(noise)) {
      run.doubt(
          String.format(
              Locale.ROOT,
              "%s: two of the same differ by %.1f %% (expected: at most %.0f %%)",
              part,
              noise * 100,
              MOST * 100));
      return;
    }
    for (String figure : figures) {
      Double value = run.figures().all().get(figure);
      Goal goal = Goal.of(figure).orElseThrow();
      if (value != null && !goal.isReachedBy(value)) {
        run.miss(String.format(Locale.ROOT, "%s: %.3f (%s)", figure, value, goal.target()));
      }
    }
  }
}
