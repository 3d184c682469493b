package dev.rolecall.cli.terminal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Text from outside in a form that a terminal can print: the words of servers, certificates, files
 * and STS.
 *
 * <p>Characters that a terminal obeys or hides are written as {@code \}{@code u001b} and the like:
 * C0 and C1 controls, DEL, bidirectional overrides and other format characters, line and paragraph
 * separators. JSON reads that form as the same character, so escaped JSON keeps its meaning.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/">UTR 36, Unicode security considerations</a>
 */
public final class Visible {

  private static final int LONGEST = 500;

  private Visible() {}

  /** The text on one line: line breaks and tabs are escaped too. Cut at 500 characters. */
  public static String line(String text) {
    requireNonNull(text, "text");
    StringBuilder shown = new StringBuilder(text.length());
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (isObeyed(c)) {
        escape(shown, c);
      } else {
        shown.append(c);
      }
    }
    return shown.append(end < text.length() ? "..." : "").toString();
  }

  /** The text with its own line breaks and tabs, and everything else escaped. */
  public static String lines(String text) {
    StringWriter shown = new StringWriter(text.length());
    try (Writer visible = new VisibleWriter(shown)) {
      visible.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return shown.toString();
  }

  /** Whether a terminal does something with it, rather than draw it; line breaks are of these. */
  static boolean isObeyed(char c) {
    if (c >= ' ' && c <= '~') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  static void escape(StringBuilder to, char c) {
    to.append(String.format("\\u%04x", (int) c));
  }
}
