package dev.rolecall.service.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlacesTest {

  private static Optional<Places.Lack> take(Places<String> places, String holder) {
    return places.take(holder, each -> each.charAt(0) == holder.charAt(0));
  }

  @Test
  void party_hasHalfOfThePlaces_andOthersTheRest() {
    Places<String> places = new Places<>(4);

    assertThat(take(places, "a1")).isEmpty();
    assertThat(take(places, "a2")).isEmpty();
    assertThat(take(places, "a3")).contains(Places.Lack.OF_PARTY);
    assertThat(take(places, "b1")).isEmpty();
    assertThat(take(places, "c1")).isEmpty();
    assertThat(take(places, "d1")).contains(Places.Lack.OF_ALL);
    assertThat(places.taken()).isEqualTo(4);
  }

  @Test
  void placeThatWasLeft_isGivenAgain() {
    Places<String> places = new Places<>(1);
    assertThat(take(places, "a1")).isEmpty();
    places.leave("b1");
    assertThat(take(places, "b1")).contains(Places.Lack.OF_ALL);

    places.leave("a1");

    assertThat(take(places, "b1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "1000, 500"})
  void half_isRoundedUp(int most, int half) {
    assertThat(new Places<String>(most).half()).isEqualTo(half);
  }
}
