package dev.rolecall.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files that GitHub reads name files and folders that exist. */
class RepositoryFilesTest {

  private static final Pattern UPDATE =
      Pattern.compile("package-ecosystem: (\\S+)\\n +directory: (\\S+)\\n");
  private static final Pattern OWNED = Pattern.compile("(?m)^(/\\S+) ");

  /** The file that each kind of update reads, in its folder. */
  private static final Map<String, String> MANIFESTS =
      Map.of(
          "maven", "pom.xml",
          "pip", "requirements.txt",
          "npm", "package.json",
          "docker", "Dockerfile",
          "docker-compose", "compose.yaml",
          "github-actions", ".github/workflows/ci.yml");

  private static Stream<String> found(Pattern pattern, String file, int group) {
    return pattern
        .matcher(Checkout.text(file))
        .results()
        .map((MatchResult found) -> found.group(group));
  }

  @Test
  void updates_areOfFoldersWithTheirManifest() {
    List<String> manifests =
        UPDATE
            .matcher(Checkout.text(".github/dependabot.yml"))
            .results()
            .map(update -> update.group(2) + "/" + MANIFESTS.get(update.group(1)))
            .toList();

    assertThat(manifests).hasSizeGreaterThan(5);
    assertThat(found(UPDATE, ".github/dependabot.yml", 1)).containsAll(MANIFESTS.keySet());
    assertThat(manifests)
        .allSatisfy(
            manifest ->
                assertThat(Checkout.has(manifest.replaceFirst("^/+", ""))).as(manifest).isTrue());
  }

  @Test
  void owners_areOfFilesThatExist() {
    assertThat(found(OWNED, ".github/CODEOWNERS", 1))
        .hasSizeGreaterThan(5)
        .allSatisfy(file -> assertThat(Checkout.has(file.substring(1))).as(file).isTrue());
  }

  @Test
  void workflow_runsWhatContributorsRun() {
    assertThat(Checkout.text(".github/workflows/ci.yml")).contains("run: .ci/run\n");
  }
}
