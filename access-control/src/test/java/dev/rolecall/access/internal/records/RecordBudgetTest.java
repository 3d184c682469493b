package dev.rolecall.access.internal.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.internal.records.RecordBudget.Kind;
import dev.rolecall.access.internal.records.RecordBudget.Limits;
import dev.rolecall.access.internal.records.RecordBudget.Summary;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.testsupport.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class RecordBudgetTest {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final ManualTime clock = new ManualTime();
  private final List<Summary<String>> summaries = new ArrayList<>();
  private final RecordBudget<String> budget =
      new RecordBudget<>(clock, new Limits(3, 5, 8, WINDOW), summaries::add);

  @Test
  void firstOfAKind_areWhole_andTheRestIsCountedAtTheWindowsEnd() {
    Instant start = clock.instant();
    assertThat(wholeOf(20_000, kind("acme", "r", "m"))).isEqualTo(3);
    assertThat(summaries).isEmpty();

    clock.advance(WINDOW);
    budget.endWindow();

    assertThat(summaries)
        .containsExactly(
            new Summary<>("m 19999", new LeftOut(19_996, LeftOut.Of.KIND, Optional.of(start))));
    assertThat(wholeOf(1, kind("acme", "r", "m"))).isEqualTo(1);
  }

  @Test
  void window_notOverYet_isNotEnded() {
    wholeOf(10, kind("acme", "r", "m"));
    clock.advance(WINDOW.minusMillis(1));
    budget.endWindow();

    assertThat(summaries).isEmpty();
    assertThat(wholeOf(10, kind("acme", "r", "m"))).isZero();
  }

  @Test
  void kindThatIsFull_takesNothingFromAnother() {
    wholeOf(1_000, kind("acme", "r", "m"));

    assertThat(wholeOf(2, kind("acme", "other role", "m"))).isEqualTo(2);
    assertThat(wholeOf(3, kind("globex", "r", "m"))).isEqualTo(3);
  }

  @Test
  void manyRolesOfOneAccount_areBoundedTogether_andLeaveRoomForAnother() {
    int whole = 0;
    for (int role = 0; role < 5_000; role++) {
      whole += wholeOf(4, kind("acme", "role " + role, "m"));
    }
    assertThat(whole).isEqualTo(5);
    assertThat(wholeOf(4, kind("globex", "r", "m"))).isEqualTo(3);

    budget.close();

    assertThat(total(whole + 3)).isEqualTo(4 * 5_000 + 4);
    assertThat(summaries).extracting(each -> each.leftOut().of()).contains(LeftOut.Of.GROUP);
  }

  @Test
  void manyAccounts_areBoundedByTheTotal_inRecordsAndInMemory() {
    int whole = 0;
    for (int account = 0; account < 5_000; account++) {
      whole += wholeOf(4, kind("account " + account, "r", "m"));
    }
    assertThat(whole).isEqualTo(8);
    assertThat(budget.remembered()).isLessThanOrEqualTo(16);

    budget.close();

    assertThat(summaries.size()).isLessThanOrEqualTo(17);
    assertThat(total(whole)).isEqualTo(4 * 5_000);
    assertThat(budget.remembered()).isZero();
  }

  @Test
  void schedulerThatIsGone_losesNothing() {
    wholeOf(10, kind("acme", "r", "m"));
    clock.advance(WINDOW.multipliedBy(2));

    assertThat(wholeOf(1, kind("acme", "r", "m"))).isEqualTo(1);
    assertThat(total(4)).isEqualTo(11);
  }

  @Test
  void clockThatIsSetBack_doesNotKeepTheWindowOpen() {
    wholeOf(10, kind("acme", "r", "m"));
    clock.advance(Duration.ofHours(-3));

    assertThat(wholeOf(1, kind("acme", "r", "m"))).isEqualTo(1);
  }

  /** Every event is written, or counted beside one that is. */
  private long total(long whole) {
    return whole + summaries.stream().mapToLong(each -> 1 + each.leftOut().count()).sum();
  }

  private int wholeOf(int events, Kind kind) {
    int whole = 0;
    for (int i = 0; i < events; i++) {
      if (budget.take(kind, kind.method() + " " + i)) {
        whole++;
      }
    }
    return whole;
  }

  private static Kind kind(String account, String role, String method) {
    return new Kind(account, role, method, RefusalReason.METHOD_NOT_ALLOWED);
  }
}
