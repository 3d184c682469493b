package dev.rolecall.tests.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's table of loggers is that of the code. */
class LoggersTest {

  private static final Pattern MADE = Pattern.compile("getLogger\\(\"(rolecall\\.\\w+)\"\\)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(rolecall\\.\\w+)` \\|");

  @Test
  void table_hasEachLoggerOfTheLibraries() {
    Set<String> made =
        named(
            MADE,
            Checkout.javaFiles("main").stream()
                .filter(file -> !file.startsWith(Checkout.path("command-line")))
                .map(Checkout::text));

    assertThat(made).hasSizeGreaterThan(6).contains("rolecall.audit");
    assertThat(named(ROW, Stream.of(Checkout.text("docs/logging.md")))).isEqualTo(made);
  }

  private static Set<String> named(Pattern pattern, Stream<String> texts) {
    return texts
        .flatMap(text -> pattern.matcher(text).results())
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }
}
