package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of {@code docs} link to files and headings that exist, and name tests that do. */
class PageLinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([\\w./-]+)(?:#[^)]*)?\\)");
  private static final Pattern HERE = Pattern.compile("\\]\\(([\\w./-]*\\.md)?#([\\w-]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)(?:#\\w+)?`");

  private static final Set<String> TESTS =
      Checkout.javaFiles("test").stream()
          .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
          .collect(Collectors.toSet());

  static Stream<Page> pages() {
    return Page.all().stream().filter(page -> page.name().matches("docs/[^/]*\\.md"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_leadToFilesThatExist(Page page) {
    assertThat(LINK.matcher(page.text()).results().map(link -> link.group(1)))
        .allSatisfy(link -> assertThat(Checkout.has("docs/" + link)).as(link).isTrue());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void fragments_areHeadings(Page page) {
    assertThat(HERE.matcher(page.text()).results())
        .allSatisfy(
            link ->
                assertThat(headings(link.group(1) == null ? page.name() : "docs/" + link.group(1)))
                    .contains(link.group(2)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void tests_thatAreNamed_exist(Page page) {
    assertThat(TEST.matcher(page.text()).results().map(test -> test.group(1)))
        .allSatisfy(test -> assertThat(TESTS).contains(test));
  }

  /** The headings of a page, as links name them. */
  private static Set<String> headings(String page) {
    return HEADING
        .matcher(Checkout.text(page))
        .results()
        .map((MatchResult heading) -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
