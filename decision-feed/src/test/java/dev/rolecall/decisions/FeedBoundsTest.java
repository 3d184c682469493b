package dev.rolecall.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FeedBoundsTest {

  private static final FeedBounds DEFAULTS = FeedBounds.ofDefaults();

  static Stream<UnaryOperator<FeedBounds>> outOfRange() {
    return Stream.of(
        bounds -> bounds.withRecords(0),
        bounds -> bounds.withRecords(1_001),
        bounds -> bounds.withCounts(9),
        bounds -> bounds.withCounts(10_001),
        bounds -> bounds.withCalls(9),
        bounds -> bounds.withCalls(20_001),
        bounds -> bounds.withWatchers(0),
        bounds -> bounds.withWatchers(101));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void bound_outOfItsRange_isRefused(UnaryOperator<FeedBounds> change) {
    assertThatThrownBy(() -> change.apply(DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void bounds_areSetOneByOne() {
    assertThat(DEFAULTS.withRecords(1).withCounts(10).withCalls(20).withWatchers(2))
        .isEqualTo(new FeedBounds(1, 10, 20, 2));
    assertThat(DEFAULTS).isEqualTo(new FeedBounds(200, 2_000, 5_000, 16));
  }
}
