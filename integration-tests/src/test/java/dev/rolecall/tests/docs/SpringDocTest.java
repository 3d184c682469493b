package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages about Spring show lines that run, most of them of the sample. */
class SpringDocTest {

  private static final Pattern SHOWN =
      Pattern.compile("(?m)^<!-- of: (\\S+) -->\\n```(?:java|yaml)\\n(?s:(.*?))^```$");

  private static final String DOCUMENT = Checkout.text("docs/spring.md");
  private static final String README = Checkout.text("spring-boot-starter/README.md");

  /** Lines of a file, whatever their indentation. */
  record Shown(String file, String lines) {

    Shown(MatchResult match) {
      this(match.group(1), match.group(2));
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Shown> shown() {
    return Stream.of(DOCUMENT, README).flatMap(SpringDocTest::shownBy);
  }

  private static Stream<Shown> shownBy(String page) {
    return SHOWN.matcher(page).results().map(Shown::new);
  }

  @ParameterizedTest
  @MethodSource("shown")
  void lines_standInTheSample(Shown shown) {
    assertThat(stripped(Checkout.text(shown.file()))).contains(stripped(shown.lines()));
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @Test
  void document_showsNothingElse() {
    assertThat(DOCUMENT.split("\n```(java|yaml)\n", -1))
        .hasSize((int) shownBy(DOCUMENT).count() + 1);
  }

  @Test
  void readme_showsNoOtherSettings() {
    assertThat(README.split("\n```yaml\n", -1)).hasSize((int) shownBy(README).count() + 1);
  }
}
