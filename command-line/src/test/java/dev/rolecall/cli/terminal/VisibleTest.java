package dev.rolecall.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisibleTest {

  /** Escape, bell, backspace, DEL, CSI of C1, overrides, separators, marks, zero width. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x0b, 0x0c, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x061c, 0x200b, 0x200e,
        0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff
      })
  void everyCharacterATerminalObeys_isEscapedByEachWay(int obeyed) {
    String text = "a" + (char) obeyed + "b";
    String expected = String.format("a\\u%04xb", obeyed);

    assertThat(Visible.line(text)).isEqualTo(expected);
    assertThat(Visible.lines(text)).isEqualTo(expected);
    assertThat(printed(text)).isEqualTo(expected);
    assertThat(new VisibleFormatter().format(new LogRecord(Level.INFO, text))).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"plain", "gr\u00fc\u00dfe", "\u65e5\u672c\u8a9e", "\ud83d\ude00"})
  void textThatIsOnlyDrawn_staysAsItIs(String text) {
    assertThat(Visible.line(text)).isEqualTo(text);
    assertThat(printed(text)).isEqualTo(text);
  }

  @Test
  void line_textOfSeveralLines_isOne() {
    assertThat(Visible.line("a\nrolecall: b\tc\r")).isEqualTo("a\\u000arolecall: b\\u0009c\\u000d");
    assertThat(Visible.line("x".repeat(501))).hasSize(503).endsWith("...");
  }

  @Test
  void writer_lineBreaksOfAnyPlatform_passAndALoneReturnDoesNot() {
    assertThat(printed("a\nb\tc\r\nd")).isEqualTo("a\nb\tc\r\nd");
    assertThat(printed("all is well\rnothing is\n")).isEqualTo("all is well\\u000dnothing is\n");
    assertThat(Visible.lines("a\r\nb\rc")).isEqualTo("a\r\nb\\u000dc");
    assertThat(Visible.lines("a\r")).isEqualTo("a\\u000d");
  }

  @Test
  void writer_returnAtTheEndOfAWrite_waitsForWhatFollows() {
    StringWriter seen = new StringWriter();
    PrintWriter out = Terminal.of(seen, new StringWriter()).out();
    out.print("a\r");
    out.print("\nb\r");
    out.print("c");
    out.flush();

    assertThat(seen).hasToString("a\r\nb\\u000dc");
  }

  private static String printed(String text) {
    StringWriter seen = new StringWriter();
    PrintWriter out = Terminal.of(seen, new StringWriter()).out();
    out.print(text);
    out.flush();
    return seen.toString();
  }
}
