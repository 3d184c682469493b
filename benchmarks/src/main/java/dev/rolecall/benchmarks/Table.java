package dev.rolecall.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table that a suite shows beside its figures.
 *
 * @param title what it shows
 * @param columns what stands above the columns, of which the first holds words, the others numbers
 * @param rows as many cells in each as there are columns
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if a row has more or fewer cells than there are columns
   */
  public Table {
    requireNonNull(title, "title");
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            title + ": " + row.size() + " cells (expected: " + columns.size() + ")");
      }
    }
  }

  /** For a terminal. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    lines.addAll(rows);
    StringBuilder text = new StringBuilder(title).append('\n');
    for (List<String> line : lines) {
      StringBuilder cells = new StringBuilder("  ").append(padded(line.get(0), width(0), true));
      for (int i = 1; i < line.size(); i++) {
        cells.append("  ").append(padded(line.get(i), width(i), false));
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    int widest = columns.get(column).length();
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }

  private static String padded(String cell, int width, boolean left) {
    String blanks = " ".repeat(width - cell.length());
    return left ? cell + blanks : blanks + cell;
  }

  /** For a page of Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(line(columns)).append("|---");
    text.append(String.join("", Collections.nCopies(columns.size() - 1, "|--:"))).append("|\n");
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
