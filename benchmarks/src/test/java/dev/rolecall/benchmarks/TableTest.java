package dev.rolecall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  private final Table table =
      new Table(
          "bytes", List.of("proof", "later"), List.of(List.of("none", "17"), List.of("one", "1")));

  @Test
  void table_onATerminal_hasWordsToTheLeftAndNumbersToTheRight() {
    assertThat(table.text()).isEqualTo("bytes\n  proof  later\n  none      17\n  one        1\n");
  }

  @Test
  void table_onAPage_isMarkdown() {
    assertThat(table.markdown())
        .isEqualTo("| proof | later |\n|---|--:|\n| none | 17 |\n| one | 1 |\n");
  }

  @Test
  void rowOfAnotherLength_isRefused() {
    assertThatThrownBy(() -> new Table("bytes", List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("bytes: 1 cells (expected: 2)");
  }
}
