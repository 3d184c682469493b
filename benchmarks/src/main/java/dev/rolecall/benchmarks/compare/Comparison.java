package dev.rolecall.benchmarks.compare;

import dev.rolecall.benchmarks.Quartiles;
import dev.rolecall.benchmarks.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table of variants: microseconds, and ours as a multiple of each.
 *
 * @param <V> the variants
 */
public final class Comparison<V> {

  private final String title;
  private final Rounds<V> rounds;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public Comparison(String title, Rounds<V> rounds) {
    this.title = title;
    this.rounds = rounds;
  }

  /** Adds a row; one of ours is held against nothing. */
  public void row(String name, V variant, Collection<V> ours) {
    rows.add(
        List.of(
            name,
            text(rounds.of(variant), "%.1f"),
            ours.contains(variant) ? "" : text(rounds.ratio(ours, Set.of(variant)), "%.3f")));
  }

  private static String text(Quartiles values, String number) {
    return String.format(
        Locale.ROOT,
        number + " (" + number + " to " + number + ")",
        values.median(),
        values.low(),
        values.high());
  }

  /** The table. */
  public Table table() {
    return new Table(
        title + ": median (quartiles)", List.of("", "microseconds", "ours / it"), rows);
  }
}
