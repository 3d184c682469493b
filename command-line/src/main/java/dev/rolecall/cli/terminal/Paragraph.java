package dev.rolecall.cli.terminal;

import static java.util.Objects.requireNonNull;

/**
 * Text broken at spaces into lines of at most {@value #WIDTH} columns. A word that is longer than a
 * line stays whole: it may be an ARN, a path or a URL that a user copies.
 *
 * <p>A line of the text that begins with {@code rolecall} is a command to paste. It is broken
 * before options alone, behind a backslash, so that a shell reads one line.
 */
public final class Paragraph {

  /** A terminal's usual width in columns, less the one that some terminals wrap at. */
  public static final int WIDTH = 79;

  private static final int LONGEST_LABEL = 59;
  private static final String COMMAND = "rolecall ";
  private static final String CONTINUED = " \\";

  private final StringBuilder lines;
  private final String indent;
  private int column;

  private Paragraph(String label, String indent) {
    this.lines = new StringBuilder(label);
    this.indent = indent;
    this.column = label.length();
  }

  /**
   * The text behind a label. Each further line is indented to where the text began.
   *
   * @param label what the first line begins with, such as {@code " -> "}; at most 59 columns
   * @param text one or more lines of words; their line feeds are kept
   * @return the lines, joined by line feeds, with none at the end
   * @throws IllegalArgumentException for a longer label
   */
  public static String of(String label, String text) {
    requireNonNull(text, "text");
    if (label.length() > LONGEST_LABEL) {
      throw new IllegalArgumentException(
          "label: " + label.length() + " columns (expected: at most " + LONGEST_LABEL + ")");
    }
    return new Paragraph(label, " ".repeat(label.length())).filled(text);
  }

  /**
   * The text from the first column on. Each further line is indented by five columns.
   *
   * @param text one or more lines of words; their line feeds are kept
   * @return the lines, joined by line feeds, with none at the end
   */
  public static String of(String text) {
    return new Paragraph("", " ".repeat(5)).filled(requireNonNull(text, "text"));
  }

  /**
   * The next step after a complaint: the text behind an arrow.
   *
   * @return the lines, joined by line feeds, with none at the end
   */
  public static String advice(String text) {
    return of("  -> ", text);
  }

  private String filled(String text) {
    String separator = "";
    for (String line : text.split("\n", -1)) {
      lines.append(separator);
      add(line);
      separator = "\n" + indent;
      column = indent.length();
    }
    return lines.toString().stripTrailing();
  }

  private void add(String line) {
    boolean isCommand = line.startsWith(COMMAND);
    String breakMark = isCommand ? CONTINUED : "";
    boolean isFirst = true;
    for (String word : line.strip().split(isCommand ? " (?=--)" : " +", -1)) {
      if (!isFirst) {
        if (column + 1 + word.length() + breakMark.length() > WIDTH) {
          lines.append(breakMark).append('\n').append(indent);
          column = indent.length();
        } else {
          lines.append(' ');
          column++;
        }
      }
      lines.append(word);
      column += word.length();
      isFirst = false;
    }
  }
}
