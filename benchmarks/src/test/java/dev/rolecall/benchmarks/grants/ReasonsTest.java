package dev.rolecall.benchmarks.grants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonsTest {

  private final Reasons reasons = new Reasons();

  private static Ended ends(int open, Map<String, Integer> reasons) {
    return new Ended(open, reasons, List.of(), List.of());
  }

  @Test
  void reasonOfAnotherEnd_isWrong_andSoIsNone() {
    reasons.count(
        ends(0, Map.of(EndReason.EXPIRED, 3, EndReason.REVOKED, 2, "PERMISSION_DENIED/none", 1)),
        EndReason.EXPIRED);

    assertThat(reasons.ended()).isEqualTo(6);
    assertThat(reasons.wrong()).isEqualTo(3);
    assertThat(reasons.wrongOnes()).containsOnlyKeys(EndReason.REVOKED, "PERMISSION_DENIED/none");
  }

  @Test
  void staleNews_isCountedByItself() {
    reasons.count(ends(0, Map.of(EndReason.STALE, 4)), EndReason.REVOKED);

    assertThat(reasons.wrong()).isZero();
    assertThat(reasons.stale()).isEqualTo(4);
    assertThat(reasons.ended()).isEqualTo(4);
  }

  @Test
  void streamsLeftOpen_areCounted() {
    reasons.count(ends(2, Map.of()), EndReason.REVOKED);
    reasons.count(ends(1, Map.of()), EndReason.REVOKED);

    assertThat(reasons.leftOpen()).isEqualTo(3);
  }
}
