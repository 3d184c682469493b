package dev.rolecall.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final double EXACT = 1e-9;
  private static final Set<String> OURS = Set.of("one", "again");

  private final Rounds<String> rounds = new Rounds<>();

  @Test
  void ratio_isOfTheMeansOfItsOwnRound() {
    round(10, 10, 20, 0);
    round(90, 110, 1_000, 0);
    round(1_000, 1_000, 3_000, 0);

    assertThat(rounds.ratio(OURS, Set.of("other")).median()).isCloseTo(1 / 3.0, within(EXACT));
    assertThat(rounds.of("other").median()).isEqualTo(1_000);
  }

  @Test
  void addedRatio_isOfWhatEachAddsToTheThird() {
    round(150, 150, 200, 100);
    round(160, 160, 200, 100);
    round(1_070, 1_070, 1_100, 1_000);

    assertThat(rounds.addedRatio(OURS, Set.of("other"), "without").median())
        .isCloseTo(0.6, within(EXACT));
  }

  @Test
  void noise_isHowFarTwoOfTheSameAreApart() {
    round(9, 10, 1, 0);
    round(9.5, 10, 1, 0);
    round(9.8, 10, 1, 0);

    assertThat(rounds.noise("one", "again")).isCloseTo(0.05, within(EXACT));
    assertThat(Noise.isTooMuch(0.051)).isTrue();
    assertThat(Noise.isTooMuch(0.049)).isFalse();
  }

  @Test
  void variantThatWasNotMeasured_isRefused() {
    assertThat(rounds.has("cold")).isFalse();
    assertThatThrownBy(() -> rounds.ratio(Set.of("cold"), OURS)).hasMessage("cold: not measured");
  }

  @Test
  void order_isThereAndBack() {
    List<Integer> order = ThereAndBack.of(List.of(1, 2, 3));

    assertThat(order.subList(0, 3)).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(order.subList(3, 6)).containsExactly(order.get(2), order.get(1), order.get(0));
  }

  private void round(double one, double again, double other, double without) {
    rounds.add("one", one);
    rounds.add("again", again);
    rounds.add("other", other);
    rounds.add("without", without);
  }
}
