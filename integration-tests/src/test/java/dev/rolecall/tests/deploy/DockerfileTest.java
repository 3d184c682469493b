package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolecall.cli.Rolecall;
import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image's recipe against what it copies and runs; to build it needs Docker and a network. */
class DockerfileTest {

  private static final String RECIPE = Checkout.text("deploy/Dockerfile").replace("\\\n", "");
  private static final List<String> STAGES = all("(?m)^FROM \\S+ AS (\\S+)$");
  private static final List<String> COMMANDS = all("(?m)^CMD \\[(.*)\\]$");

  private static List<String> all(String pattern) {
    return Pattern.compile(pattern).matcher(RECIPE).results().map(found -> found.group(1)).toList();
  }

  @Test
  void stages_thatAreCopiedFromOrNamed_areThere() {
    assertThat(STAGES).containsExactly("build", "command", "sts");
    assertThat(all("COPY --from=(\\S+)")).isNotEmpty().isSubsetOf(STAGES);
    assertThat(all("--target (\\S+)")).isNotEmpty().isSubsetOf(STAGES);
  }

  @Test
  void build_packsByProfileAndPropertiesThatThereAre() {
    assertThat(all("-P(\\w+)"))
        .isNotEmpty()
        .allSatisfy(
            profile -> assertThat(Checkout.text("pom.xml")).contains("<id>" + profile + "</id>"));
    assertThat(all("-D(rolecall[\\w.]+)="))
        .isNotEmpty()
        .allSatisfy(
            property ->
                assertThat(Checkout.text("distribution/pom.xml")).contains("<" + property + ">"));
  }

  @Test
  void entry_isTheLauncherThatIsPacked() {
    assertThat(all("(?m)^ENTRYPOINT \\[\"/opt/rolecall/(.*)\"\\]$"))
        .singleElement()
        .satisfies(
            launcher ->
                assertThat(Checkout.has("distribution/src/main/dist/" + launcher)).isTrue());
  }

  @Test
  void images_runWithoutRoot() {
    assertThat(all("(?m)^USER (\\S+)$")).containsExactly("65532:65532");
  }

  @Test
  void commands_areOnesThatThereAre() {
    assertThat(COMMANDS)
        .hasSize(2)
        .allSatisfy(
            command ->
                assertThatCode(() -> Rolecall.commandLine().parseArgs(words(command)))
                    .as(command)
                    .doesNotThrowAnyException());
    assertThat(COMMANDS.get(0)).contains("\"--listen\", \"0.0.0.0\"");
  }

  private static String[] words(String command) {
    return command.replace("\"", "").split(", ", -1);
  }
}
