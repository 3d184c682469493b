package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each attack in {@code docs/threats.md} names a test, and that test exists. */
class ThreatsTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

  /** By name; two modules may use the same. */
  private static final Map<String, List<Path>> TEST_CLASSES =
      Checkout.javaFiles("test").stream()
          .collect(
              Collectors.groupingBy(
                  file -> String.valueOf(file.getFileName()).replace(".java", "")));

  /** A method of a test class, of whichever module. */
  record TestName(String type, String method) {

    boolean exists() {
      Pattern declared = Pattern.compile("\\b(void|Stream<DynamicTest>) " + method + "\\(");
      return TEST_CLASSES.getOrDefault(type, List.of()).stream()
          .anyMatch(file -> declared.matcher(Checkout.text(file)).find());
    }
  }

  /** A row of the table: attack, defence, tests. */
  record Row(String attack, String defence, String tests) {

    List<TestName> named() {
      return NAMED
          .matcher(tests)
          .results()
          .map(name -> new TestName(name.group(1), name.group(2)))
          .toList();
    }

    @Override
    public String toString() {
      return attack;
    }
  }

  static Stream<Row> rows() {
    return Checkout.text("docs/threats.md")
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| attack "))
        .map(line -> line.split(" *\\| *", -1))
        .map(cells -> new Row(cells[1], cells[2], cells[3]));
  }

  @Test
  void table_hasAtLeastTwentyRows() {
    assertThat(rows()).hasSizeGreaterThanOrEqualTo(20);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_namesTestsThatExist(Row row) {
    assertThat(row.defence()).isNotBlank();
    assertThat(row.named()).isNotEmpty().allMatch(TestName::exists);
  }
}
