package dev.rolecall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuartilesTest {

  @Test
  void quartiles_ofValuesInAnyOrder_areTheMiddles() {
    assertThat(Quartiles.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0))).isEqualTo(new Quartiles(2, 3, 4));
  }

  @Test
  void quartiles_betweenTwoValues_areInterpolated() {
    assertThat(Quartiles.of(List.of(0.0, 1.0))).isEqualTo(new Quartiles(0.25, 0.5, 0.75));
  }

  @Test
  void quartiles_ofOneValue_areIt() {
    assertThat(Quartiles.of(List.of(7.0))).isEqualTo(new Quartiles(7, 7, 7));
  }

  @Test
  void quartiles_ofNothing_areRefused() {
    assertThatThrownBy(() -> Quartiles.of(List.of()))
        .hasMessage("values: none (expected: at least one)");
  }
}
