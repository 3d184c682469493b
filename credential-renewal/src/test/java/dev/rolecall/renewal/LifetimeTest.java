package dev.rolecall.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.renewal.Lifetime.Age;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LifetimeTest {

  private static final Instant BEGIN = Instant.parse("2026-11-21T22:18:45Z");

  @ParameterizedTest
  @CsvSource({
    // Life, the first stale second and the first expired one.
    "3600, 2400, 3000",
    "900, 600, 750",
    "300, 200, 250",
    "180, 120, 150",
    "150, 100, 120",
    "120, 80, 90",
    "60, 40, 45"
  })
  void age_byLife_turnsAtTwoThirdsAndBeforeTheLastSixth(long life, long stale, long expired) {
    Lifetime lifetime = Lifetime.of(BEGIN, BEGIN.plusSeconds(life));

    assertThat(age(lifetime, 0)).isEqualTo(Age.FRESH);
    assertThat(age(lifetime, stale * 1000 - 1)).isEqualTo(Age.FRESH);
    assertThat(age(lifetime, stale * 1000)).isEqualTo(Age.STALE);
    assertThat(age(lifetime, expired * 1000 - 1)).isEqualTo(Age.STALE);
    assertThat(age(lifetime, expired * 1000)).isEqualTo(Age.EXPIRED);
    assertThat(age(lifetime, Long.MAX_VALUE / 2)).isEqualTo(Age.EXPIRED);
  }

  @Test
  void age_clockBeforeTheBeginning_isExpired() {
    assertThat(age(Lifetime.of(BEGIN, BEGIN.plusSeconds(900)), -1)).isEqualTo(Age.EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 2", "0, 2, 1", "2, 1, 0", "0, 0, -1"})
  void of_timesOutOfOrder_throws(long begin, long stale, long expired) {
    assertThatThrownBy(
            () ->
                Lifetime.of(
                    BEGIN.plusSeconds(begin), BEGIN.plusSeconds(stale), BEGIN.plusSeconds(expired)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in that order");
  }

  @Test
  void of_endBeforeTheBeginning_throws() {
    assertThatThrownBy(() -> Lifetime.of(BEGIN, BEGIN.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Age age(Lifetime lifetime, long millis) {
    return lifetime.age(BEGIN.toEpochMilli() + millis);
  }
}
