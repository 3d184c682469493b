package dev.rolecall.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.checkout.Checkout;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/deploy.md} and the README of {@code iam-policies} name what there is. */
class DeployGuideTest {

  private static final String GUIDE = Checkout.text("docs/deploy.md");
  private static final String POLICIES = Checkout.text("iam-policies/README.md");
  private static final Pattern TASK = Pattern.compile("(?s)```json\\n(.*?)```");

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(each -> each.group(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/deploy.md", "iam-policies/README.md"})
  void links_leadToFilesThatExist(String document) {
    String folder = document.substring(0, document.indexOf('/') + 1);
    assertThat(all("\\]\\(([^)#:]+)\\)", Checkout.text(document)))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Checkout.has(folder + link)).as(link).isTrue());
  }

  @Test
  void guide_namesFilesThatExist() {
    assertThat(all("((?:deploy|iam-policies)/[\\w./-]*\\w)", GUIDE))
        .hasSizeGreaterThan(8)
        .allSatisfy(path -> assertThat(Checkout.has(path)).as(path).isTrue());
  }

  @Test
  void policies_namesFilesThatExist_andEveryOne() {
    List<String> named =
        all("`((?:trust|permissions|endpoint|organization)/[\\w-]+\\.json)`", POLICIES);

    assertThat(named.stream().distinct()).containsExactlyInAnyOrderElementsOf(PolicyFiles.all());
  }

  @Test
  void placeholders_areInTheFilesToReplaceThemIn() {
    String policies = String.join("", PolicyFiles.all().stream().map(PolicyFiles::text).toList());
    List<String> rows =
        POLICIES
            .lines()
            .dropWhile(line -> !line.startsWith("| placeholder |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows).hasSize(5);
    assertThat(rows.stream().flatMap(row -> all("`([^`]+)`", row).stream()))
        .hasSizeGreaterThan(9)
        .allSatisfy(placeholder -> assertThat(policies).contains(placeholder));
  }

  @Test
  void rolecall_hasTheOptionsThatAreUsed() {
    List<String> used =
        GUIDE
            .replace("\\\n", " ")
            .lines()
            .filter(line -> line.contains("rolecall "))
            .filter(line -> !line.contains("docker ") && !line.contains("aws "))
            .flatMap(
                line -> all("(rolecall (?:serve|call|token).*)|rolecall\\.jar(.*)", line).stream())
            .filter(Objects::nonNull)
            .flatMap(command -> RolecallOptions.in(command).stream())
            .toList();

    assertThat(used).contains("--listen", "--attested", "--audience", "--policy");
    assertThat(RolecallOptions.known()).containsAll(used);
  }

  @Test
  void template_hasTheParametersThatAreGiven() {
    Template role = Template.read("iam-policies/cloudformation/role.yaml");
    List<String> given = all("\\b([A-Z][a-z][A-Za-z]+)=(?=[\\w\\$\"])", GUIDE);

    assertThat(given).contains("RoleName", "Platform", "OidcProviderId", "PermissionSet");
    assertThat(Tree.map(role.at("Parameters")).keySet().stream().map(String::valueOf))
        .containsAll(given.stream().filter(name -> !name.equals("Name")).toList());
    assertThat(all("Platform=([\\w-]+)", GUIDE))
        .isNotEmpty()
        .allSatisfy(
            platform ->
                assertThat(role.at("Parameters", "Platform", "AllowedValues"))
                    .asString()
                    .contains(platform));
  }

  @Test
  void task_runsACommandThatThereIs() {
    List<String> tasks = all(TASK.pattern(), GUIDE);

    assertThat(tasks).hasSize(1);
    Object command = Tree.at(Tree.ofJson(tasks.get(0)), "containerDefinitions", "command");
    assertThat(command).asString().startsWith("[serve, ");
    assertThat(RolecallOptions.known()).containsAll(RolecallOptions.in(String.valueOf(command)));
  }
}
