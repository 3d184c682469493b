package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The site has every page of the docs and every module. {@code docs/site/build} checks the rest.
 */
class SiteTest {

  private static final Pattern ENTRY = Pattern.compile("(?m)^ +- (?:[^:\\n]+: )?(\\S+\\.md)$");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>maven-javadoc-plugin</artifactId>\\s*<version>(.*?)</version>");

  private static final String SETTINGS = Checkout.text("docs/site/mkdocs.yml");
  private static final List<String> NAVIGATION =
      ENTRY.matcher(SETTINGS).results().map((MatchResult entry) -> entry.group(1)).toList();

  @Test
  void navigation_hasEveryPageOfTheDocsOnce() {
    List<String> pages =
        Page.all().stream().map(Page::name).filter(name -> name.matches("docs/.*\\.md")).toList();

    assertThat(pages).hasSizeGreaterThan(10);
    assertThat(NAVIGATION).doesNotHaveDuplicates().containsAll(pages);
  }

  @Test
  void navigation_hasEveryPublishedModule() {
    Stream<String> readmes = ModuleReadmesTest.published().map(module -> module + "/README.md");

    assertThat(NAVIGATION).containsAll(readmes.toList());
  }

  @Test
  void navigation_leadsToFilesThatExist() {
    assertThat(NAVIGATION).allSatisfy(page -> assertThat(Checkout.has(page)).as(page).isTrue());
  }

  @Test
  void javadoc_isMadeByThePluginOfTheRelease() {
    assertThat(VERSION.matcher(Checkout.text("pom.xml")).results())
        .singleElement()
        .satisfies(
            version ->
                assertThat(Checkout.text("docs/site/build"))
                    .contains("maven-javadoc-plugin:" + version.group(1) + ":aggregate"));
  }
}
