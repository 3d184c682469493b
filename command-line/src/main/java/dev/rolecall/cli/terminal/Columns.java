package dev.rolecall.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table for people: each column is as wide as its widest cell. Where they do not fit {@value
 * Paragraph#WIDTH} columns beside one another, the last of them go on in a further line, in every
 * row. Text from outside is shown on one line.
 */
public final class Columns {

  private static final String GAP = "  ";
  private static final String CONTINUED = "    ";

  private final List<List<String>> rows = new ArrayList<>();

  /** A table of those columns, with no rows. */
  public Columns(String... headers) {
    rows.add(List.of(headers));
  }

  /**
   * Adds a row, one cell a column.
   *
   * @throws IllegalArgumentException for another number of cells
   */
  public Columns add(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "cells: " + cells.length + " (expected: " + rows.get(0).size() + ")");
    }
    rows.add(List.of(cells).stream().map(Visible::line).toList());
    return this;
  }

  /** Prints it, the headers first. */
  public void print(PrintWriter out) {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(rows.get(0).size(), 0));
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    rows.forEach(row -> out.println(lines(row, widths)));
  }

  private static String lines(List<String> row, List<Integer> widths) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (int i = 0; i < row.size(); i++) {
      int width = widths.get(i);
      if (i > 0 && column + GAP.length() + width > Paragraph.WIDTH) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(CONTINUED);
        column = CONTINUED.length();
      } else if (i > 0) {
        line.append(GAP);
        column += GAP.length();
      }
      line.append(row.get(i)).append(" ".repeat(width - row.get(i).length()));
      column += width;
    }
    return lines.append(line).toString().stripTrailing();
  }
}
