package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page about installing: its coordinates, versions, commands and files. The script {@code
 * newcomer} builds the files; {@code compatibility} runs the versions.
 */
class InstallTest {

  private static final String PAGE = Checkout.text("docs/install.md");
  private static final String README = Checkout.text("README.md");
  private static final String PARENT = Checkout.text("pom.xml");
  private static final String BOM = Checkout.text("bom/pom.xml");
  private static final String SCRIPT = Checkout.text("integration-tests/compatibility");

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static String only(String pattern, String text) {
    List<String> found = all(pattern, text);
    assertThat(found).as(pattern).hasSize(1);
    return found.get(0);
  }

  /** The block below a mark. */
  private static String block(String mark) {
    return only("(?s)<!-- " + Pattern.quote(mark) + " -->\n```\\w+\n(.*?)\n```", PAGE);
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @Test
  void page_marksEveryBlock() {
    assertThat(all("(?m)^(```\\w+)$", PAGE)).hasSizeGreaterThan(9);
    assertThat(all("(?m)^<!-- (?:command|coordinates|file): .* -->\n(```\\w+)$", PAGE))
        .hasSameSizeAs(all("(?m)^(```\\w+)$", PAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"maven", "kotlin", "groovy"})
  void coordinates_areOfTheBomAndItsVersion(String tool) {
    String version = all("<version>(.*?)</version>", BOM).get(0);
    String block = block("coordinates: " + tool);

    assertThat(all("(?:rolecall-bom:|<version>)([\\w.-]+)", block)).containsExactly(version);
    assertThat(all("(rolecall-[a-z-]+)", block))
        .contains("rolecall-bom")
        .allSatisfy(artifact -> assertThat(BOM).contains("<artifactId>" + artifact + "<"));
  }

  @Test
  void gradle_isAlikeInBothLanguages() {
    String asGroovy =
        block("coordinates: kotlin").replaceAll("mplementation\\((.*)\\)", "mplementation $1");

    assertThat(asGroovy.replace('"', '\'')).isEqualTo(block("coordinates: groovy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "server", "handler"})
  void readmeSnippets_standInTheFirstProject(String snippet) {
    String lines = only("(?s)<!-- snippet: " + snippet + " -->\n```java\n(.*?)\n```", README);

    assertThat(stripped(PAGE)).contains(stripped(lines));
  }

  @ParameterizedTest
  @CsvSource({
    "grpc.version, grpc-bom",
    "junit.version, junit-jupiter",
    "protoc-gen-grpc-java.version, protoc-gen-grpc-java",
  })
  void firstProject_hasTheVersionsOfThisBuild(String property, String artifact) {
    assertThat(versionOf(artifact, block("file: pom.xml")))
        .isEqualTo(only("<" + property + ">(.*)<", PARENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"maven-compiler-plugin", "maven-surefire-plugin", "protobuf-maven-plugin"})
  void firstProject_hasThePluginsOfThisBuild(String plugin) {
    assertThat(versionOf(plugin, block("file: pom.xml"))).isEqualTo(versionOf(plugin, PARENT));
  }

  private static String versionOf(String artifact, String pom) {
    return all(artifact + "</artifactId>\\s*<version>(.*?)</version>", pom).get(0);
  }

  @Test
  void firstProject_hasTheProtocOfThisBuild() {
    assertThat(only("<protocVersion>(.*)<", block("file: pom.xml")))
        .isEqualTo(only("<protobuf.version>(.*)<", PARENT));
  }

  @Test
  void commands_useProfilesThatThereAre() {
    assertThat(all("-P(\\w+)", PAGE))
        .contains("dist", "sources")
        .allSatisfy(profile -> assertThat(PARENT).contains("<id>" + profile + "</id>"));
  }

  /** What ran stands in the table, and nothing else. */
  @ParameterizedTest
  @CsvSource({
    "gRPC, grpc.version, 0",
    "protobuf, protobuf.version, 2",
    "AWS SDK, awssdk.version, 3",
  })
  void table_hasTheVersionsThatTheScriptRuns(String library, String property, int place) {
    List<String> row =
        Stream.of(only("(?m)^\\| " + library + " \\| (.*) \\|$", PAGE).split(" \\| ", -1)).toList();

    assertThat(row)
        .containsExactly(
            ofSet("oldest", place),
            only("<" + property + ">(.*)<", PARENT),
            ofSet("newest", place));
  }

  private static String ofSet(String name, int place) {
    return only("(?m)^" + name + "='(.*)'$", SCRIPT).split(" ", -1)[place];
  }

  @Test
  void ci_runsBothScriptsAndBothJdks() {
    String ci = Checkout.text(".ci/run");
    List<String> jdks =
        Stream.of(only("(?m)^\\| JDK \\| (.*) \\|$", PAGE).split(" \\| ", -1)).toList();

    assertThat(ci).contains("integration-tests/newcomer", "integration-tests/compatibility");
    assertThat(all("jdk_home (\\d+)", ci)).contains(jdks.get(0), jdks.get(2));
  }
}
