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
 * Checks that each attack in {@code docs/threats.md}, and each fault in {@code docs/resilience.md},
 * names tests, and that those exist.
 */
class ThreatsTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
  private static final Pattern ATTACK = entry("Attack", "Defence");
  private static final Pattern FAULT = entry("Fault", "Now");

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

  /** An attack or fault, what meets it, and the tests that try it: a heading and three points. */
  record Entry(String title, String attack, String defence, String tests) {

    List<TestName> named() {
      return NAMED
          .matcher(tests)
          .results()
          .map(name -> new TestName(name.group(1), name.group(2)))
          .toList();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Entry> entries() {
    return Stream.concat(
        entriesOf("docs/threats.md", ATTACK).stream(),
        entriesOf("docs/resilience.md", FAULT).stream());
  }

  private static List<Entry> entriesOf(String page, Pattern form) {
    return form.matcher(Checkout.text(page))
        .results()
        .map(found -> new Entry(found.group(1), found.group(2), found.group(3), found.group(4)))
        .toList();
  }

  private static Pattern entry(String attack, String defence) {
    return Pattern.compile(
        "(?m)^### (.+)\\n- "
            + attack
            + ": (.+(?:\\n {2}.+)*)\\n- "
            + defence
            + ": (.+(?:\\n {2}.+)*)\\n- Tests: (.+(?:\\n {2}.+)*)\\n$");
  }

  @Test
  void pages_haveTheirEntries_andNoneOfAnotherForm() {
    assertThat(entriesOf("docs/threats.md", ATTACK))
        .hasSizeGreaterThanOrEqualTo(100)
        .hasSameSizeAs(headingsOf("docs/threats.md"));
    assertThat(entriesOf("docs/resilience.md", FAULT))
        .hasSizeGreaterThanOrEqualTo(32)
        .hasSameSizeAs(headingsOf("docs/resilience.md"));
  }

  private static List<String> headingsOf(String page) {
    return Checkout.text(page).lines().filter(line -> line.startsWith("### ")).toList();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entry_namesTestsThatExist(Entry entry) {
    assertThat(entry.attack()).isNotBlank();
    assertThat(entry.defence()).isNotBlank();
    assertThat(entry.named()).isNotEmpty().allMatch(TestName::exists);
    assertThat(NAMED.matcher(entry.tests()).replaceAll("").replaceAll("[,\\s]", ""))
        .as("what is no test")
        .isEmpty();
  }
}
