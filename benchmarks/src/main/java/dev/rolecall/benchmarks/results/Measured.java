package dev.rolecall.benchmarks.results;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.Goal;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Table;
import java.util.Locale;
import java.util.Optional;

/**
 * The results of one suite, and their circumstances.
 *
 * @param suite its name
 * @param circumstances the time, command and machine, as lines of Markdown
 * @param run with the suite's figures, and no other's
 */
public record Measured(String suite, String circumstances, Run run) {

  /** Refuses absent parts. */
  public Measured {
    requireNonNull(suite, "suite");
    requireNonNull(circumstances, "circumstances");
    requireNonNull(run, "run");
  }

  /** As it stands on the page of results. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(suite).append("\n\n").append(circumstances).append('\n');
    for (String doubt : run.doubts()) {
      text.append("\n**Inconclusive**: ").append(doubt).append(".\n");
    }
    if (!run.figures().all().isEmpty()) {
      text.append("\n| figure | value | target | reached |\n|---|--:|---|---|\n");
      run.figures().all().forEach((name, value) -> text.append(row(name, value)));
    }
    for (Table table : run.tables()) {
      text.append('\n').append(sentence(table.title())).append("\n\n").append(table.markdown());
    }
    return text.toString();
  }

  private static String sentence(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1) + ":";
  }

  private static String row(String name, double value) {
    Optional<Goal> goal = Goal.of(name);
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s |\n",
        name,
        number(value),
        goal.map(Goal::target).orElse(""),
        goal.map(g -> g.isReachedBy(value) ? "yes" : "**no**").orElse(""));
  }

  /** Short where it is large, and exact where it is small. */
  private static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) || size >= 1_000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.3f", value);
  }
}
