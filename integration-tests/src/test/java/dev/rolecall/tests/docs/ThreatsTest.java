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

/**
 * Each attack in {@code docs/threats.md}, and each fault in {@code docs/resilience.md}, names a
 * test, and that test exists.
 */
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
    return Stream.concat(
        rowsOf("docs/threats.md", "attack"), rowsOf("docs/resilience.md", "fault"));
  }

  private static Stream<Row> rowsOf(String page, String heading) {
    return Checkout.text(page)
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| " + heading + " "))
        .map(line -> line.split(" *\\| *", -1))
        .map(cells -> new Row(cells[1], cells[2], cells[3]));
  }

  @Test
  void tables_haveTheirRows() {
    assertThat(rowsOf("docs/threats.md", "attack")).hasSizeGreaterThanOrEqualTo(80);
    assertThat(rowsOf("docs/resilience.md", "fault")).hasSizeGreaterThanOrEqualTo(31);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_namesTestsThatExist(Row row) {
    assertThat(row.defence()).isNotBlank();
    assertThat(row.named()).isNotEmpty().allMatch(TestName::exists);
  }
}
