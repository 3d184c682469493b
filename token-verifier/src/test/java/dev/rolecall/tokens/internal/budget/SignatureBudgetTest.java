package dev.rolecall.tokens.internal.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The parts of the budget, and who is paid from which. */
@Tag("attack")
final class SignatureBudgetTest {

  /** 1.05 ms each. */
  private static final Algorithm COSTLY = Algorithm.ES256;

  private final ManualTime time = new ManualTime();
  private final SignatureBudget budget = new SignatureBudget(SignatureBudget.USUAL, time::nanos);

  private int pays(String peer, String caller) {
    int paid = 0;
    while (paid < 10_000 && budget.tryPay(COSTLY, peer, caller)) {
      paid++;
    }
    return paid;
  }

  @Test
  void stranger_hasThePartsOfAllAndOfTheUnsuspected() {
    assertThat(pays("192.0.2.1", "a")).isEqualTo(95 + 47);
  }

  @Test
  void forger_hasThePartOfAllAlone() {
    budget.forged("192.0.2.1");

    assertThat(pays("192.0.2.1", "a")).isEqualTo(95);
    assertThat(pays("192.0.2.2", "a")).as("another host").isEqualTo(47);
  }

  @Test
  void forger_isAWholeHostOfIpv6() {
    budget.forged("2001:db8::1");

    assertThat(pays("2001:db8::2", "a")).isEqualTo(95);
    assertThat(pays("2001:db8:0:1::1", "a")).isEqualTo(47);
  }

  @Test
  void knownCaller_hasATenthOfThePartOfTheKnown() {
    budget.good("known");
    budget.forged("192.0.2.1");
    pays("192.0.2.1", "mallory");

    assertThat(pays("192.0.2.1", "known")).isEqualTo(9);
    assertThat(pays("192.0.2.1", "other")).isZero();
  }

  @Test
  void knownCallers_haveThePartOfTheKnownTogether() {
    budget.forged("192.0.2.1");
    for (int i = 0; i < 20; i++) {
      budget.good("known-" + i);
    }
    pays("192.0.2.1", "mallory");
    int paid = 0;
    for (int i = 0; i < 20; i++) {
      paid += pays("192.0.2.1", "known-" + i);
    }

    assertThat(paid).isEqualTo(95);
  }

  @Test
  void time_bringsTheBudgetBack_andNoMoreThanItHolds() {
    budget.forged("192.0.2.1");
    pays("192.0.2.1", "a");
    time.advance(Duration.ofMillis(100));
    assertThat(pays("192.0.2.1", "a")).isBetween(9, 10);
    time.advance(Duration.ofHours(1));
    budget.forged("192.0.2.1");
    assertThat(pays("192.0.2.1", "a")).isEqualTo(95);
  }

  @Test
  void suspicionAndFame_pass() {
    budget.forged("192.0.2.1");
    budget.good("known");
    time.advance(Duration.ofMinutes(61));

    assertThat(pays("192.0.2.1", "known")).as("as a stranger's").isEqualTo(95 + 47);
  }

  @Test
  void memory_isBounded_theOldestGoFirst() {
    Recent<String, Boolean> recent = new Recent<>(3, Duration.ofMinutes(1), time::nanos);
    for (String key : new String[] {"a", "b", "c", "a", "d"}) {
      recent.keep(key, () -> true);
    }

    assertThat(recent.get("b")).isNull();
    assertThat(recent.get("a")).isTrue();
    assertThat(recent.get("d")).isTrue();
  }

  @Test
  void settings_haveARange() {
    assertThatThrownBy(() -> new SignatureBudget(Duration.ofMillis(49), time::nanos))
        .hasMessage("signatureTime: PT0.049S (expected: PT0.05S to PT8S)");
  }
}
