package dev.rolecall.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ParagraphTest {

  @Test
  void shortText_staysBehindItsLabel() {
    assertThat(Paragraph.of("  -> ", "set AWS_REGION")).isEqualTo("  -> set AWS_REGION");
  }

  @Test
  void text_thatJustFits_staysOnItsLine() {
    String fits = "a".repeat(36) + " " + "b".repeat(37);

    assertThat(Paragraph.of("  -> ", fits)).isEqualTo("  -> " + fits).hasSize(79);
  }

  @Test
  void text_ofOneColumnMore_isBrokenAndIndented() {
    String tooLong = "a".repeat(36) + " " + "b".repeat(38);

    assertThat(Paragraph.of("  -> ", tooLong))
        .isEqualTo("  -> " + "a".repeat(36) + "\n     " + "b".repeat(38));
  }

  @Test
  void word_longerThanALine_staysWhole() {
    String arn = "arn:aws:iam::111122223333:role/" + "x".repeat(64);

    assertThat(Paragraph.of("- ", "add " + arn + " to it"))
        .isEqualTo("- add\n  " + arn + "\n  to it");
  }

  @Test
  void lineBreaks_ofTheText_areKept() {
    assertThat(Paragraph.of("- ", "one\ntwo")).isEqualTo("- one\n  two");
  }

  @Test
  void command_isBrokenAsAShellReadsIt() {
    String method = "/" + "m".repeat(60);

    assertThat(
            Paragraph.of(
                "  -> ",
                "ask the policy:\nrolecall policy explain a.yaml --role a:b --method " + method))
        .isEqualTo(
            "  -> ask the policy:\n"
                + "     rolecall policy explain a.yaml --role a:b \\\n"
                + "     --method "
                + method);
  }

  @Test
  void textWithoutALabel_beginsInTheFirstColumn_andIsIndentedBelow() {
    String place = "docs/orders.cases.yaml:3:5: arn:aws:iam::111122223333:role/" + "c".repeat(20);

    assertThat(Paragraph.of(place + " /a.B/C")).isEqualTo(place + "\n     /a.B/C");
  }

  @Test
  void emptyText_leavesNoSpaceAtTheEnd() {
    assertThat(Paragraph.of("  ->   ", "")).isEqualTo("  ->");
  }

  @Test
  void label_asLongAsALine_isRefused() {
    assertThatThrownBy(() -> Paragraph.of("-".repeat(60), "text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label: 60 columns (expected: at most 59)");
  }
}
