package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages show lines of files that are compiled and run, or read by the program that they are for.
 */
class ShownLinesTest {

  private static final Pattern SHOWN =
      Pattern.compile("(?m)^<!-- of: (\\S+) -->\\n```\\w+\\n(?s:(.*?))^```$");
  private static final Pattern FENCE = Pattern.compile("(?m)^```\\w+$");

  /** Lines of a file, whatever their indentation. */
  record Shown(String page, String file, String lines) {

    @Override
    public String toString() {
      return page + ": " + file;
    }
  }

  static List<Shown> shown() {
    return Page.all().stream()
        .filter(page -> page.name().matches("docs/[^/]*\\.md"))
        .flatMap(ShownLinesTest::shownBy)
        .toList();
  }

  private static Stream<Shown> shownBy(Page page) {
    return SHOWN
        .matcher(page.text())
        .results()
        .map((MatchResult match) -> new Shown(page.name(), match.group(1), match.group(2)));
  }

  @Test
  void pages_showManyLines() {
    assertThat(shown()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("shown")
  void lines_standInTheFile(Shown shown) {
    assertThat(shown.lines()).isNotBlank();
    assertThat(stripped(Checkout.text(shown.file()))).contains(stripped(shown.lines()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/handlers.md",
        "docs/http.md",
        "docs/logging.md",
        "docs/proxies.md",
        "docs/testing.md"
      })
  void page_showsNothingElse(String page) {
    String text = Checkout.text(page);

    assertThat(FENCE.matcher(text).results().count())
        .isEqualTo(shownBy(new Page(page, text)).count());
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
