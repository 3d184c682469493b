package dev.rolecall.benchmarks.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class EndedTest {

  private static final Ended ENDS =
      new Ended(
          2,
          Map.of(EndReason.REVOKED, 2, "UNAVAILABLE/none", 1),
          List.of(7L, -3L, 5L),
          List.of(new Ended.Tick(1, 2), new Ended.Tick(-4, 3)));

  @Test
  void text_isReadBack() {
    assertThat(Ended.parse(ENDS.text())).isEqualTo(ENDS);
    assertThat(Ended.parse(Ended.none().text())).isEqualTo(Ended.none());
  }

  @Test
  void text_withoutAPart_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Ended.parse("0;;"));
  }

  @Test
  void sum_hasTheEndsOfBoth() {
    Ended sum = ENDS.and(new Ended(1, Map.of(EndReason.REVOKED, 1), List.of(9L), List.of()));

    assertThat(sum.open()).isEqualTo(3);
    assertThat(sum.reasons()).isEqualTo(Map.of(EndReason.REVOKED, 3, "UNAVAILABLE/none", 1));
    assertThat(sum.closes()).containsExactly(7L, -3L, 5L, 9L);
    assertThat(sum.ticks()).hasSize(2);
  }

  @Test
  void last_isTheGreatestTime_andNoneOfNoStreams() {
    assertThat(ENDS.last()).isEqualTo(7);
    Assertions.assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> Ended.none().last());
  }
}
