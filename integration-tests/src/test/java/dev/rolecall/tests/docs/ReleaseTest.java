package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The content of a release, read from the POMs. */
class ReleaseTest {

  private static final String PARENT = Checkout.text("pom.xml");
  private static final String BOM = Checkout.text("bom/pom.xml");

  /** The application is run, not depended on. */
  private static final Set<String> NO_LIBRARY = Set.of("rolecall", "rolecall-bom");

  @Test
  void bom_listsWhatIsPublished() {
    Set<String> published =
        all("<module>(.*?)</module>", PARENT)
            .map(module -> Checkout.text(module + "/pom.xml"))
            .filter(pom -> !pom.contains("<maven.deploy.skip>"))
            .map(ReleaseTest::artifact)
            .filter(artifact -> !NO_LIBRARY.contains(artifact))
            .collect(Collectors.toSet());

    assertThat(published).hasSizeGreaterThan(5);
    assertThat(
            all("<artifactId>(.*?)</artifactId>", BOM).filter(name -> !NO_LIBRARY.contains(name)))
        .containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void bom_hasTheVersionOfTheRest() {
    assertThat(own("version", BOM)).isEqualTo(own("version", PARENT));
  }

  @Test
  void changelogAndBomsReadme_knowTheVersion() {
    assertThat(Checkout.text("CHANGELOG.md"))
        .contains(own("version", PARENT).replace("-SNAPSHOT", ""));
    assertThat(Checkout.text("bom/README.md"))
        .contains("<version>" + own("version", PARENT).replace("-SNAPSHOT", "") + "</version>");
  }

  private static String artifact(String pom) {
    return own("artifactId", pom);
  }

  /** The project's own, not its parent's. */
  private static String own(String element, String pom) {
    String project = pom.replaceFirst("(?s)<parent>.*?</parent>", "");
    return all("<" + element + ">(.*?)</" + element + ">", project).findFirst().orElseThrow();
  }

  private static Stream<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1));
  }
}
