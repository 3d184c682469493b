package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each module's README shows what a test of that module runs, and links to files that exist. */
class ModuleReadmesTest {

  private static final Pattern SNIPPET =
      Pattern.compile("(?m)^<!-- snippet: (\\S+) -->\\n```java\\n(?s:(.*?))^```$");
  private static final Pattern REGION =
      Pattern.compile("(?m)^ *// region (\\w+)\\n(?s:(.*?))^ *// endregion$");
  private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

  private static Map<String, String> named(Pattern pattern, Stream<String> texts) {
    Map<String, String> named = new TreeMap<>();
    texts
        .flatMap(text -> pattern.matcher(text).results())
        .forEach(match -> named.put(match.group(1), match.group(2).stripTrailing().stripIndent()));
    return named;
  }

  /** The published ones: those that the bill of materials lists, the application and the list. */
  static Stream<String> published() {
    String bom = Checkout.text("bom/pom.xml");
    return Stream.concat(
        Stream.of("bom", "command-line"),
        MODULE
            .matcher(Checkout.text("pom.xml"))
            .results()
            .map(module -> module.group(1))
            .filter(module -> bom.contains("<artifactId>rolecall-" + module + "</artifactId>")));
  }

  @Test
  void published_areManyModules() {
    assertThat(published()).hasSizeGreaterThan(12).contains("access-control", "bom");
  }

  @ParameterizedTest
  @MethodSource("published")
  void readme_isOneScreen_andItsLinksLeadSomewhere(String module) {
    String readme = Checkout.text(module + "/README.md");

    assertThat(readme).startsWith("# " + module + "\n");
    assertThat(readme.lines().count()).isLessThanOrEqualTo(70);
    assertThat(LINK.matcher(readme).results().map((MatchResult link) -> link.group(1)))
        .allSatisfy(link -> assertThat(Checkout.has(module + "/" + link)).as(link).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access-control",
        "access-grants",
        "access-policy",
        "access-proxy",
        "access-service",
        "api-keys",
        "attested-tls",
        "certificate-verifier",
        "client-credentials",
        "decision-feed",
        "grpc-guard",
        "policy-tools",
        "proto-policy",
        "server-verifier",
        "signed-tokens",
        "spring-boot-starter",
        "testing",
        "token-credentials",
        "token-exchange",
        "token-verifier",
        "transaction-token"
      })
  void snippets_areRegionsThatRun(String module) {
    String readme = Checkout.text(module + "/README.md");
    Path tests = Checkout.path(module);
    Map<String, String> regions =
        named(
            REGION,
            Checkout.javaFiles("test").stream()
                .filter(file -> file.startsWith(tests))
                .map(Checkout::text));
    Map<String, String> snippets = named(SNIPPET, Stream.of(readme));

    assertThat(snippets).isNotEmpty().hasSize(readme.split("\n```java\n", -1).length - 1);
    assertThat(regions).containsAllEntriesOf(snippets);
    assertThat(readme).contains("](");
  }

  @Test
  void firstTestOfAUser_hasAtMost15Lines() {
    assertThat(named(SNIPPET, Stream.of(Checkout.text("testing/README.md"))))
        .hasEntrySatisfying(
            "guarded", sample -> assertThat(sample.lines().count()).isLessThanOrEqualTo(15));
  }
}
