package dev.rolecall.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a suite, and the collectors of its results. For one thread.
 *
 * @param quick whether it may be less exact, so that all suites end within ten minutes on two cores
 * @param figures the collector of figures
 * @param out the stream for progress
 * @param tables the tables given to {@link #show}
 * @param doubts the doubts given to {@link #doubt}
 * @param misses the misses given to {@link #miss}
 */
public record Run(
    boolean quick,
    Figures figures,
    PrintStream out,
    List<Table> tables,
    List<String> doubts,
    List<String> misses) {

  /** Refuses absent parts. */
  public Run {
    requireNonNull(figures, "figures");
    requireNonNull(out, "out");
    requireNonNull(tables, "tables");
    requireNonNull(doubts, "doubts");
    requireNonNull(misses, "misses");
  }

  /** One that nothing was shown to yet. */
  public Run(boolean quick, Figures figures, PrintStream out) {
    this(quick, figures, out, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Prints a table, and keeps it for the page of results. */
  public void show(Table table) {
    out.println(table.text());
    tables.add(table);
  }

  /**
   * Says that figures of this run are too uncertain to judge by, and why. They are given all the
   * same, and the command ends with a status of its own.
   */
  public void doubt(String why) {
    out.println("inconclusive: " + why);
    doubts.add(why);
  }

  /** Says that a goal which the suite holds itself to was missed: the command fails. */
  public void miss(String goal) {
    out.println("missed: " + goal);
    misses.add(goal);
  }
}
