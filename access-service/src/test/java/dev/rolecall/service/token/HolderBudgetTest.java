package dev.rolecall.service.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The bound on the tokens that one party asks for. */
class HolderBudgetTest {

  private final ManualTime time = new ManualTime();
  private final HolderBudget budget = new HolderBudget(time::nanos);

  private int taken(String party, int wanted) {
    int taken = 0;
    for (int each = 0; each < wanted; each++) {
      taken += budget.tryTake(party) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void tryTake_atOnce_isBounded() {
    assertThat(taken("corp/ana", 1_000)).isEqualTo(HolderBudget.MOST);
  }

  @Test
  void tryTake_later_comesBackAtTwoASecond() {
    taken("corp/ana", 1_000);

    time.advance(Duration.ofMillis(499));
    assertThat(taken("corp/ana", 10)).isZero();
    time.advance(Duration.ofMillis(1));
    assertThat(taken("corp/ana", 10)).isEqualTo(1);
    time.advance(Duration.ofSeconds(5));
    assertThat(taken("corp/ana", 100)).isEqualTo(10);
    time.advance(Duration.ofDays(1));
    assertThat(taken("corp/ana", 1_000)).isEqualTo(HolderBudget.MOST);
  }

  @Test
  void tryTake_otherParty_isNotTouched() {
    taken("corp/ana", 1_000);

    assertThat(taken("corp/ben", 1_000)).isEqualTo(HolderBudget.MOST);
  }

  @Test
  void tryTake_manyOtherParties_neverGivesTheLatestMore() {
    taken("corp/ana", 1_000);
    for (int other = 0; other < 9_999; other++) {
      budget.tryTake("corp/" + other);
    }

    assertThat(taken("corp/ana", 10)).isZero();
  }
}
