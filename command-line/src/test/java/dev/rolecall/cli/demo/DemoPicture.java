package dev.rolecall.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A drawing of a terminal of 80 columns and 32 lines in which the demo has just ended. It needs the
 * JDK alone. To draw it again, run this in the checkout:
 *
 * <pre>
 * ./rolecall demo | java command-line/src/test/java/dev/rolecall/cli/demo/DemoPicture.java
 * </pre>
 */
final class DemoPicture {

  static final int COLUMNS = 80;
  static final int LINES = 32;

  private static final Path PICTURE = Path.of("docs/demo.svg");
  private static final String COMMAND = "$ ./rolecall demo";

  private static final double CELL = 8.4;
  private static final int ROW = 18;
  private static final int MARGIN = 16;

  /** The words of the column {@code decision}, each with the class that colours it. */
  private static final Pattern DECISION = Pattern.compile(" (allowed|refused|ended|not sent) ");

  private static final Pattern DRAWN = Pattern.compile("(?s)<text [^>]*>(.*?)</text>");

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"
           aria-label="The output of rolecall demo: calls that are allowed, refused and ended">
      <style>
      text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono",
             monospace; fill: #1f2933; white-space: pre; }
      .ground { fill: #ffffff; stroke: #d5dbe1; }
      .command { font-weight: bold; }
      .allowed { fill: #0b6e4f; font-weight: bold; }
      .refused { fill: #b42318; font-weight: bold; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e4e9ee; }
        .ground { fill: #161b22; stroke: #38424d; }
        .allowed { fill: #3fcf9b; }
        .refused { fill: #ff8a80; }
      }
      </style>
      <rect class="ground" x="0.5" y="0.5" width="%d" height="%d" rx="8"/>
      """;

  private DemoPicture() {}

  /** Draws what standard input has. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(PICTURE, of(new String(System.in.readAllBytes(), UTF_8)));
  }

  /**
   * The picture.
   *
   * @throws IllegalArgumentException for an output that does not fit the terminal beside a prompt
   */
  static String of(String output) {
    List<String> lines = output.lines().toList();
    if (lines.size() >= LINES || lines.stream().anyMatch(line -> line.length() >= COLUMNS)) {
      throw new IllegalArgumentException(
          "the output has "
              + lines.size()
              + " lines (expected: fewer than "
              + LINES
              + ", of fewer than "
              + COLUMNS
              + " columns)");
    }
    int width = (int) Math.ceil(2 * MARGIN + COLUMNS * CELL);
    int height = 2 * MARGIN + LINES * ROW;
    StringBuilder svg = new StringBuilder(HEAD.formatted(width, height, width - 1, height - 1));
    svg.append(drawn(0, COMMAND, "<tspan class=\"command\">" + COMMAND + "</tspan>"));
    for (int line = 0; line < lines.size(); line++) {
      svg.append(drawn(line + 1, lines.get(line), coloured(lines.get(line))));
    }
    return svg.append("</svg>\n").toString();
  }

  /** The width is given, so that each font of fixed width keeps to the same columns. */
  private static String drawn(int line, String text, String marked) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" textLength=\"%.1f\" xml:space=\"preserve\">%s</text>%n",
        MARGIN,
        MARGIN + line * ROW + 13,
        text.length() * CELL,
        marked);
  }

  private static String coloured(String line) {
    String escaped = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    Matcher decision = DECISION.matcher(escaped);
    // A sentence may have such a word too; only rows of the table have columns.
    if (!line.contains("  ") || !decision.find()) {
      return escaped;
    }
    String word = decision.group(1);
    String colour = word.equals("allowed") ? "allowed" : "refused";
    return escaped.substring(0, decision.start(1))
        + "<tspan class=\""
        + colour
        + "\">"
        + word
        + "</tspan>"
        + escaped.substring(decision.end(1));
  }

  /** The output that a picture shows, read back from it. */
  static String shown(String svg) {
    StringBuilder output = new StringBuilder();
    Matcher drawn = DRAWN.matcher(svg);
    while (drawn.find()) {
      output.append(drawn.group(1).replaceAll("<[^>]*>", "")).append('\n');
    }
    return output
        .toString()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .substring(COMMAND.length() + 1);
  }
}
