package dev.rolecall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GoalTest {

  @ParameterizedTest
  @CsvSource({
    "AT_LEAST, 0.95, true",
    "AT_LEAST, 0.9499, false",
    "AT_MOST, 0.95, true",
    "AT_MOST, 0.9501, false",
    "EXACTLY, 0.95, true",
    "EXACTLY, 0.9501, false",
  })
  void bound_isReachedOnItsOwnSide(Goal.Rule rule, double value, boolean reached) {
    assertThat(new Goal("figure", "meaning", rule, 0.95).isReachedBy(value)).isEqualTo(reached);
  }

  @Test
  void target_isWords() {
    assertThat(new Goal("f", "m", Goal.Rule.AT_MOST, 4096).target()).isEqualTo("at most 4,096");
    assertThat(new Goal("f", "m", Goal.Rule.AT_LEAST, 0.9).target()).isEqualTo("at least 0.90");
  }

  static Stream<Goal> all() {
    return Goal.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void readme_namesEveryFigureThatHasATarget_andTheTarget(Goal goal) throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md")))
        .anySatisfy(
            line -> assertThat(line).contains("`" + goal.figure() + "`").contains(goal.target()));
  }
}
