package dev.rolecall.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rolecall.benchmarks.Quartiles;
import dev.rolecall.benchmarks.fleet.ProcessUsage;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final double EXACT = 1e-12;

  private final Rounds rounds = new Rounds();

  /** A second of calls, each of which costs the server and the client that much. */
  private static Slice slice(long calls, long serverNanos, long clientNanos, long serverBytes) {
    return new Slice(
        calls,
        1_000_000_000,
        new ProcessUsage(calls * clientNanos, 0),
        new ProcessUsage(calls * serverNanos, calls * serverBytes));
  }

  private static Map<Variant, Slice> round(Slice plain, Slice again, Slice checked) {
    Map<Variant, Slice> round = new EnumMap<>(Variant.class);
    for (Variant each : Variant.values()) {
      round.put(each, checked);
    }
    round.put(Variant.PLAIN, plain);
    round.put(Variant.PLAIN_AGAIN, again);
    return round;
  }

  @Test
  void variant_isHeldAgainstBothCopiesOfNoCheckOfItsRound() {
    rounds.add(round(slice(900, 10, 5, 50), slice(1_100, 20, 5, 150), slice(500, 30, 15, 300)));

    assertThat(rounds.compared(Measure.CALLS_PER_SECOND, Variant.ROLECALL).median())
        .isCloseTo(0.5, within(EXACT));
    assertThat(rounds.compared(Measure.SERVER_CPU, Variant.ROLECALL).median())
        .isCloseTo(2, within(EXACT));
    assertThat(rounds.compared(Measure.TOTAL_CPU, Variant.ROLECALL).median())
        .isCloseTo(2.25, within(EXACT));
    assertThat(rounds.compared(Measure.SERVER_ALLOCATION, Variant.ROLECALL).median())
        .isCloseTo(200, within(EXACT));
    assertThat(rounds.of(Measure.CALLS_PER_SECOND, Variant.PLAIN).median()).isEqualTo(900);
  }

  @Test
  void machineThatSlowsDown_betweenRounds_changesNoRatio() {
    Slice fast = slice(1_000, 10, 10, 0);
    Slice slow = slice(100, 10, 10, 0);
    rounds.add(round(fast, fast, slice(800, 10, 10, 0)));
    rounds.add(round(slow, slow, slice(80, 10, 10, 0)));

    assertThat(rounds.compared(Measure.CALLS_PER_SECOND, Variant.ROLECALL))
        .isEqualTo(new Quartiles(0.8, 0.8, 0.8));
  }

  @Test
  void noise_isHowFarTheCopiesAreApart_inEitherDirection() {
    rounds.add(round(slice(1_000, 1, 1, 0), slice(950, 1, 1, 0), slice(1, 1, 1, 0)));
    assertThat(rounds.noise()).isCloseTo(0.05, within(EXACT));

    Rounds others = new Rounds();
    others.add(round(slice(1_000, 1, 1, 0), slice(1_050, 1, 1, 0), slice(1, 1, 1, 0)));
    assertThat(others.noise()).isCloseTo(0.05, within(EXACT));
  }

  @Test
  void noCheck_isHeldAgainstNothing() {
    rounds.add(round(slice(1, 1, 1, 0), slice(1, 1, 1, 0), slice(1, 1, 1, 0)));

    assertThatThrownBy(() -> rounds.compared(Measure.SERVER_CPU, Variant.PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
