package dev.rolecall.benchmarks.results;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The figures on the page of results, read back: so that no number is kept in two places. */
final class FigureRows {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| (-?[0-9.]+) \\|");

  private FigureRows() {}

  static Map<String, Double> in(String markdown) {
    Map<String, Double> figures = new LinkedHashMap<>();
    ROW.matcher(markdown)
        .results()
        .forEach(row -> figures.put(row.group(1), Double.valueOf(row.group(2))));
    return figures;
  }
}
