package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on the architecture speaks of every module, and its picture is that of the poms. */
class ArchitectureTest {

  private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL);
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  private static final Pattern ARTIFACT_ID = Pattern.compile("<artifactId>(.*?)</artifactId>");

  private static final String PAGE = Checkout.text("docs/architecture.md");
  private static final ArchitecturePicture PICTURE =
      new ArchitecturePicture(Checkout.text("docs/architecture.txt"));

  @Test
  void modules_eachHaveTheirParagraph() {
    assertThat(modules())
        .hasSizeGreaterThan(15)
        .allSatisfy(module -> assertThat(PAGE).contains("**`" + module + "/`**"));
  }

  @Test
  void picture_isDrawnFromItsText() {
    assertThat(Checkout.text("docs/architecture.svg")).isEqualTo(PICTURE.svg());
  }

  @Test
  void picture_hasThePublishedModules() {
    assertThat(PICTURE.modules()).containsExactlyInAnyOrderElementsOf(publishedLibraries());
  }

  @Test
  void arrows_areTheDependenciesOfThePoms_lessThoseThatFollow() {
    Map<String, Set<String>> declared = dependencies();
    Map<String, Set<String>> drawn = new TreeMap<>();
    declared.forEach((module, to) -> drawn.put(module, withoutThoseThatFollow(to, declared)));
    drawn.values().removeIf(Set::isEmpty);

    assertThat(PICTURE.arrows().keySet()).isEqualTo(drawn.keySet());
    drawn.forEach(
        (module, to) ->
            assertThat(PICTURE.arrows().get(module))
                .as(module)
                .containsExactlyInAnyOrderElementsOf(to));
  }

  private static List<String> modules() {
    return MODULE
        .matcher(Checkout.text("pom.xml"))
        .results()
        .map(module -> module.group(1))
        .toList();
  }

  /** Those that the bill of materials lists, and the command line. */
  private static Set<String> publishedLibraries() {
    String bom = Checkout.text("bom/pom.xml");
    return modules().stream()
        .filter(module -> !module.equals("bom"))
        .filter(module -> bom.contains("<artifactId>" + artifactOf(module) + "</artifactId>"))
        .collect(Collectors.toCollection(() -> new TreeSet<>(Set.of("command-line"))));
  }

  private static String artifactOf(String module) {
    return ARTIFACT
        .matcher(Checkout.text(module + "/pom.xml"))
        .results()
        .map(artifact -> artifact.group(1))
        .findFirst()
        .orElseThrow();
  }

  /** The modules that a published module needs at compile time or run time, by its folder. */
  private static Map<String, Set<String>> dependencies() {
    Map<String, String> folders =
        publishedLibraries().stream()
            .collect(Collectors.toMap(ArchitectureTest::artifactOf, folder -> folder));
    Map<String, Set<String>> all = new TreeMap<>();
    folders.forEach(
        (artifact, folder) ->
            all.put(
                folder,
                DEPENDENCY
                    .matcher(Checkout.text(folder + "/pom.xml"))
                    .results()
                    .map(dependency -> dependency.group(1))
                    .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                    .flatMap(dependency -> ARTIFACT_ID.matcher(dependency).results())
                    .map(id -> id.group(1))
                    .filter(folders::containsKey)
                    .map(folders::get)
                    .collect(Collectors.toCollection(TreeSet::new))));
    return all;
  }

  private static Set<String> withoutThoseThatFollow(
      Set<String> direct, Map<String, Set<String>> declared) {
    Set<String> left = new TreeSet<>(direct);
    direct.forEach(each -> left.removeAll(allBelow(each, declared)));
    return left;
  }

  private static Set<String> allBelow(String module, Map<String, Set<String>> declared) {
    Set<String> below = new HashSet<>();
    declared
        .getOrDefault(module, Set.of())
        .forEach(
            each -> {
              below.add(each);
              below.addAll(allBelow(each, declared));
            });
    return below;
  }
}
