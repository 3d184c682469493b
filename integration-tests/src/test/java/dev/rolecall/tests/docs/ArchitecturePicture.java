package dev.rolecall.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A drawing of the modules and their dependencies, made from {@code docs/architecture.txt}. It
 * needs the JDK alone, so that {@code java ArchitecturePicture.java} draws it without a build.
 */
final class ArchitecturePicture {

  private static final Path TEXT = Path.of("docs/architecture.txt");
  private static final Path PICTURE = Path.of("docs/architecture.svg");

  private static final int COLUMN = 172;
  private static final int ROW = 104;
  private static final int WIDTH = 152;
  private static final int HEIGHT = 48;
  private static final int MARGIN = 24;

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"
           aria-label="The modules and their dependencies">
      <style>
      text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
             fill: #1f2933; text-anchor: middle; }
      .kind { fill: #5b6770; font-size: 11px; }
      .ground { fill: #ffffff; stroke: #d5dbe1; }
      .box { fill: #eef4fb; stroke: #3f6fc4; }
      .engine { fill: #e3f4f1; stroke: #0d8074; stroke-width: 2; }
      .arrow { fill: none; stroke: #8896a3; stroke-width: 1.3; }
      .tip { fill: #8896a3; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e4e9ee; }
        .kind { fill: #a3b0bb; }
        .ground { fill: #161b22; stroke: #38424d; }
        .box { fill: #1d2a3d; stroke: #6f9be8; }
        .engine { fill: #12312e; stroke: #2bb3a3; }
        .arrow { stroke: #77838f; }
        .tip { fill: #77838f; }
      }
      </style>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"
        orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
      <rect class="ground" x="0.5" y="0.5" width="%d" height="%d" rx="8"/>
      """;

  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final Map<String, List<String>> arrows = new LinkedHashMap<>();
  private int rows;
  private int columns;

  /** Reads the text: rows of boxes, then arrows. */
  ArchitecturePicture(String text) {
    text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::read);
  }

  /** Draws the picture again, in the checkout that is the working directory. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(PICTURE, new ArchitecturePicture(Files.readString(TEXT)).svg());
  }

  private void read(String line) {
    if (line.contains("->")) {
      String[] ends = line.split("->", 2);
      arrows.put(ends[0].strip(), Stream.of(ends[1].split(",", -1)).map(String::strip).toList());
      return;
    }
    String[] cells = line.split("\\|", -1);
    for (int column = 0; column < cells.length; column++) {
      if (!cells[column].isBlank()) {
        String[] words = cells[column].split(":", 2);
        boxes.put(words[0].strip(), new Box(words[1].strip(), column, rows));
        columns = Math.max(columns, column + 1);
      }
    }
    rows++;
  }

  /** The modules drawn, in the order of the text. */
  List<String> modules() {
    return List.copyOf(boxes.keySet());
  }

  /** The modules that arrows lead to, by the module that they come from. */
  Map<String, List<String>> arrows() {
    return Map.copyOf(arrows);
  }

  /** The picture. */
  String svg() {
    int width = 2 * MARGIN + (columns - 1) * COLUMN + WIDTH;
    int height = 2 * MARGIN + (rows - 1) * ROW + HEIGHT;
    List<String> parts = new ArrayList<>();
    parts.add(HEAD.formatted(width, height, width - 1, height - 1));
    arrows.forEach((from, all) -> all.forEach(to -> parts.add(arrow(from, to))));
    boxes.forEach((name, box) -> parts.add(box.drawn(name)));
    return parts.stream().collect(Collectors.joining("", "", "</svg>\n"));
  }

  private String arrow(String from, String to) {
    Box source = boxes.get(from);
    Box target = boxes.get(to);
    if (source == null || target == null) {
      throw new IllegalArgumentException(from + " -> " + to + " (expected: two boxes)");
    }
    int bend = ROW / 2;
    return String.format(
        Locale.ROOT,
        "<path class=\"arrow\" marker-end=\"url(#tip)\" d=\"M%d %dC%d %d %d %d %d %d\"/>%n",
        source.middle(),
        source.top() + HEIGHT,
        source.middle(),
        source.top() + HEIGHT + bend,
        target.middle(),
        target.top() - bend,
        target.middle(),
        target.top() - 1);
  }

  /**
   * A module's box.
   *
   * @param kind what the module is, in a word
   * @param column its column, from 0
   * @param row its row, from 0 at the top
   */
  private record Box(String kind, int column, int row) {

    int left() {
      return MARGIN + column * COLUMN;
    }

    int middle() {
      return left() + WIDTH / 2;
    }

    int top() {
      return MARGIN + row * ROW;
    }

    String drawn(String name) {
      return String.format(
          Locale.ROOT,
          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n"
              + "<text x=\"%d\" y=\"%d\">%s</text>%n"
              + "<text class=\"kind\" x=\"%d\" y=\"%d\">%s</text>%n",
          kind.equals("engine") ? "engine" : "box",
          left(),
          top(),
          WIDTH,
          HEIGHT,
          middle(),
          top() + 21,
          name,
          middle(),
          top() + 38,
          kind);
    }
  }
}
