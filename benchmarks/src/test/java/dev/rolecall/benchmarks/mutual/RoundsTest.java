package dev.rolecall.benchmarks.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final double EXACT = 1e-9;

  private final Rounds rounds = new Rounds();

  @Test
  void kind_isHeldAgainstThePlainCopiesOfItsOwnRound() {
    round(10, 10, 11);
    round(100, 100, 120);
    round(1_000, 1_000, 1_300);

    assertThat(rounds.ratio(Kind.WARM)).isCloseTo(1.2, within(EXACT));
    assertThat(rounds.added(Kind.WARM)).isCloseTo(20, within(EXACT));
    assertThat(rounds.median(Kind.WARM)).isCloseTo(120, within(EXACT));
  }

  @Test
  void noise_isHowFarThePlainCopiesAreApart() {
    round(10, 9, 10);
    round(10, 9.5, 10);
    round(10, 9.8, 10);

    assertThat(rounds.noise()).isCloseTo(0.05, within(EXACT));
  }

  @Test
  void kindThatWasNotMeasured_isRefused() {
    assertThatThrownBy(() -> rounds.ratio(Kind.COLD)).hasMessage("COLD: not measured");
  }

  private void round(double plain, double again, double warm) {
    rounds.add(Kind.PLAIN, plain);
    rounds.add(Kind.PLAIN_AGAIN, again);
    rounds.add(Kind.WARM, warm);
  }
}
