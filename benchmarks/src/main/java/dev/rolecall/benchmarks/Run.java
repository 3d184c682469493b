package dev.rolecall.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;

/**
 * What a suite is told, and where its results go.
 *
 * @param quick whether it may be less exact, so that all suites end within ten minutes on two cores
 * @param figures where the figures go
 * @param out where progress and tables go
 */
public record Run(boolean quick, Figures figures, PrintStream out) {

  /** Refuses absent parts. */
  public Run {
    requireNonNull(figures, "figures");
    requireNonNull(out, "out");
  }
}
