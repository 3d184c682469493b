package dev.rolecall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FiguresTest {

  private final Figures figures = new Figures();

  @Test
  void figures_areOneLineOfJsonInTheirOrder() {
    figures.add("hook_ratio", 1.23456);
    figures.add("bytes", 7);

    assertThat(figures.toJson()).isEqualTo("{\"hook_ratio\":1.2346,\"bytes\":7.0}");
  }

  @Test
  void figureThatIsNoNumber_isRefusedByItsName() {
    assertThatThrownBy(() -> figures.add("hook_ratio", Double.NaN))
        .hasMessage("hook_ratio: NaN (expected: a finite number)");
  }

  @Test
  void figureGivenTwice_isRefused() {
    figures.add("noise", 1);

    assertThatThrownBy(() -> figures.add("noise", 1)).hasMessage("noise: measured twice");
  }
}
