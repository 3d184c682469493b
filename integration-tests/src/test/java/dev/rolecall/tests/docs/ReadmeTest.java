package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README shows what {@link SnippetsTest} runs, and links to files that exist. */
class ReadmeTest {

  private static final String TESTS = "integration-tests/src/test/";
  private static final Pattern REGION =
      Pattern.compile("(?m)^ *(?://|#) region (\\w+)\\n(?s:(.*?))^ *(?://|#) endregion$");
  private static final Pattern SNIPPET =
      Pattern.compile("(?m)^<!-- snippet: (\\S+) -->\\n```(?:java|yaml)\\n(?s:(.*?))^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

  private static final String README = Checkout.text("README.md");
  private static final Map<String, String> REGIONS = regions();
  private static final Map<String, String> SNIPPETS = named(SNIPPET, README);

  private static Map<String, String> regions() {
    Map<String, String> regions =
        named(REGION, Checkout.text(TESTS + "java/dev/rolecall/tests/docs/Snippets.java"));
    regions.putAll(
        named(
            REGION, Checkout.text(TESTS + "java/dev/rolecall/tests/docs/ReadmeServiceTest.java")));
    regions.putAll(
        named(REGION, Checkout.text(TESTS + "resources/dev/rolecall/tests/docs/orders.yaml")));
    return regions;
  }

  private static Map<String, String> named(Pattern pattern, String text) {
    Map<String, String> named = new TreeMap<>();
    pattern
        .matcher(text)
        .results()
        .forEach(
            match ->
                assertThat(named.put(match.group(1), unindented(match.group(2))))
                    .as("%s, a second time", match.group(1))
                    .isNull());
    return named;
  }

  /** A last line feed would count as a line without indentation. */
  private static String unindented(String lines) {
    return lines.stripTrailing().stripIndent();
  }

  static Stream<String> snippets() {
    return SNIPPETS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void snippet_isTheRegionThatRuns(String name) {
    assertThat(REGIONS).containsKey(name);
    assertThat(SNIPPETS.get(name)).isEqualTo(REGIONS.get(name));
  }

  @Test
  void readme_showsClientServerPolicyAndTest() {
    assertThat(SNIPPETS).containsKeys("client", "server", "stop", "policy", "test");
  }

  @Test
  void readme_marksEverySnippetInAFormThatIsRead() {
    assertThat(README.split("<!-- snippet:", -1)).hasSize(SNIPPETS.size() + 1);
    assertThat(README.split("\n```(java|yaml)\n", -1)).hasSize(SNIPPETS.size() + 1);
  }

  @Test
  void links_leadToFilesThatExist() {
    Matcher links = LINK.matcher(README);
    assertThat(links.results().map(link -> link.group(1)).filter(link -> !link.contains("://")))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Checkout.has(link)).as(link).isTrue());
  }

  @Test
  void readme_isShort() {
    assertThat(README.split("\\s+")).hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void snippets_areAtMostFifteenLinesForEachEnd() {
    assertThat(linesOf("client")).isPositive().isLessThanOrEqualTo(15);
    assertThat(linesOf("server") + linesOf("stop")).isPositive().isLessThanOrEqualTo(15);
  }

  private static long linesOf(String snippet) {
    return SNIPPETS.getOrDefault(snippet, "").lines().count();
  }
}
