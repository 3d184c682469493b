package dev.rolecall.benchmarks.load;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.Figures;
import dev.rolecall.benchmarks.Quartiles;
import dev.rolecall.benchmarks.Run;
import dev.rolecall.benchmarks.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rounds as figures and tables. */
final class LoadResults {

  private static final List<Variant> CHECKED =
      List.of(Variant.ROLECALL, Variant.AUDITED, Variant.BY_HAND);

  private LoadResults() {}

  static void report(Run run, Map<Shape, Rounds> rounds, int fleets) {
    for (Shape shape : Shape.values()) {
      run.show(table(shape, of(rounds, shape), fleets));
    }
    Figures figures = run.figures();
    Rounds main = of(rounds, Shape.UNARY_MANY);
    figures.add("noise", main.noise());
    for (Variant variant : CHECKED) {
      for (Measure measure : Measure.values()) {
        figures.add(measure.figure() + variant.suffix(), main.compared(measure, variant).median());
      }
    }
    for (Shape shape : Shape.values()) {
      if (shape != Shape.UNARY_MANY) {
        figures.add(
            Measure.CALLS_PER_SECOND.figure() + shape.suffix(),
            of(rounds, shape).compared(Measure.CALLS_PER_SECOND, Variant.ROLECALL).median());
      }
    }
  }

  static Rounds of(Map<Shape, Rounds> rounds, Shape shape) {
    return requireNonNull(rounds.get(shape), "rounds");
  }

  private static Table table(Shape shape, Rounds rounds, int fleets) {
    List<String> columns = new ArrayList<>();
    columns.add("against no check: median (quartiles)");
    List<List<String>> rows = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    plain.add(Variant.PLAIN.title() + ", as it is");
    for (Measure measure : Measure.values()) {
      columns.add(measure.title());
      plain.add(absolute(measure, rounds.of(measure, Variant.PLAIN).median()));
    }
    rows.add(plain);
    for (Variant variant : Variant.values()) {
      if (variant != Variant.PLAIN) {
        List<String> row = new ArrayList<>();
        row.add(variant.title());
        for (Measure measure : Measure.values()) {
          row.add(relative(measure, rounds.compared(measure, variant)));
        }
        rows.add(row);
      }
    }
    return new Table(
        shape.title() + "; " + fleets + " fleets, " + rounds.size() + " rounds", columns, rows);
  }

  private static String absolute(Measure measure, double value) {
    return switch (measure) {
      case CALLS_PER_SECOND, SERVER_ALLOCATION, CLIENT_ALLOCATION ->
          String.format(Locale.ROOT, "%,.0f", value);
      case SERVER_CPU, TOTAL_CPU -> String.format(Locale.ROOT, "%.1f us", value / 1e3);
    };
  }

  private static String relative(Measure measure, Quartiles values) {
    return String.format(
        Locale.ROOT,
        measure.isRatio() ? "%.3f (%.3f-%.3f)" : "%+,.0f (%+,.0f to %+,.0f)",
        values.median(),
        values.low(),
        values.high());
  }
}
