package dev.rolecall.tests.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code docs/access.md} has each invariant once, with tests that exist. */
final class InvariantsPageTest {

  private static final int INVARIANTS = 20;
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (I\\d+) \\| ([^|`]+) \\| (`[^|]+`) \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)(?:#(\\w+))?`");
  private static final List<Path> TESTS = Checkout.javaFiles("test");

  /** An invariant and the text of the cell that names its tests. */
  record Row(String number, String held, String tests) {
    @Override
    public String toString() {
      return number + ", " + held;
    }
  }

  static Stream<Row> rows() {
    return ROW.matcher(Checkout.text("docs/access.md"))
        .results()
        .map(row -> new Row(row.group(1), row.group(2), row.group(3)));
  }

  @Test
  void table_hasEachInvariantOnceInOrder() {
    assertThat(rows().map(Row::number))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, INVARIANTS).mapToObj(number -> "I" + number).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_namesTestsThatExist(Row row) {
    List<MatchResult> named = NAMED.matcher(row.tests()).results().toList();

    assertThat(named).isNotEmpty().allMatch(InvariantsPageTest::exists);
    assertThat(NAMED.matcher(row.tests()).replaceAll("").replaceAll("[, ]", ""))
        .as("what is no test")
        .isEmpty();
  }

  private static boolean exists(MatchResult named) {
    return TESTS.stream()
        .filter(file -> file.endsWith(named.group(1) + ".java"))
        .anyMatch(
            file ->
                named.group(2) == null
                    || Checkout.text(file).contains("void " + named.group(2) + "("));
  }
}
