package dev.rolecall.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table for people: each column is as wide as its widest cell. Cells that no longer fit {@value
 * Paragraph#WIDTH} columns go on in a further line. Text from outside is shown on one line.
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
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      boolean isFirst = i == 0;
      if (!isFirst && line.length() + GAP.length() + cell.length() > Paragraph.WIDTH) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(CONTINUED);
      } else if (!isFirst) {
        line.append(GAP);
      }
      line.append(cell).append(" ".repeat(widths.get(i) - cell.length()));
    }
    return lines.append(line).toString().stripTrailing();
  }
}
