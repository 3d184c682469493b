package dev.rolecall.tests.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.Rolecall;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RoleName;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.condition.Cidr;
import dev.rolecall.policy.condition.HeaderMatch;
import dev.rolecall.policy.condition.IpAddress;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.policytools.AttributesText;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.tests.checkout.Checkout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The page about the language says what the reader does. */
class PolicyPageTest {

  private static final String RULE =
      """
      name: x
      groups: {writers: ["key:ci"]}
      account_groups: {prod: ["111122223333"]}
      allow_rules:
        - name: r
          source: {principals: [%s]%s}
          request: {paths: [%s]%s}
      """;

  private static final String ROLE = "\"arn:aws:iam::111122223333:role/x\"";
  private static final String PATH = "\"/a.B/C\"";

  /** The policy around a value of each kind that the page shows refused. */
  private static final Map<String, String> AROUND =
      Map.of(
          "text", "name: x\n%s\n",
          "principal", RULE.formatted("\"%s\"", "", PATH, ""),
          "member of a group", "name: x\ngroups: {writers: [\"%s\"]}\n",
          "path", RULE.formatted(ROLE, "", "\"%s\"", ""),
          "public method", "name: x\npublic_methods: [\"%s\"]\n",
          "network", RULE.formatted(ROLE, ", networks: [\"%s\"]", PATH, ""),
          "header", RULE.formatted(ROLE, "", PATH, ", headers: [%s]"),
          "in a source", RULE.formatted(ROLE, ", %s", PATH, ""));

  private static final Map<String, BiPredicate<String, String>> MATCHES =
      Map.of(
          "principal",
          PolicyPageTest::principalMatches,
          "caller",
          PolicyPageTest::callerMatches,
          "claim",
          PolicyPageTest::claimMatches,
          "path",
          (path, method) -> MethodPattern.parse(path).matches(MethodPath.parse(method)),
          "network",
          (network, ip) -> Cidr.parse(network).contains(IpAddress.parse(ip)),
          "value",
          (pattern, value) -> HeaderMatch.of("x-tenant", pattern).matches(value, false));

  private static boolean principalMatches(String pattern, String role) {
    String[] parts = role.split("#", -1);
    RoleArn arn =
        new RoleArn(Partition.AWS, AccountId.parse("111122223333"), RoleName.parse(parts[0]));
    return RolePattern.parse(pattern)
        .matches(
            new IamRole(arn, RoleId.parse(parts.length > 1 ? parts[1] : "AROAEXAMPLE000000009")));
  }

  private static boolean callerMatches(String pattern, String caller) {
    return PrincipalPattern.parse(pattern)
        .matches(CallerQuery.parse(caller).principal().orElseThrow(), Attributes.none());
  }

  private static boolean claimMatches(String claim, String value) {
    String text = RULE.formatted(ROLE, ", claims: [" + claim + "]", PATH, "");
    return PolicyDocument.load("x", text.getBytes(UTF_8))
        .rules()
        .get(0)
        .source()
        .conditions()
        .hold(Attributes.none().withClaims(Map.of("x", AttributesText.claimValue(value))), false);
  }

  @Test
  void blocks_areAllOfFiles_andRecipesAreShownWhole() {
    String page = Checkout.text(PageRow.PAGE);

    assertThat(page.split("\n```yaml\n", -1))
        .hasSameSizeAs(page.split("\n<!-- of: \\S+ -->\n```yaml\n", -1));
    for (RecipesTest.Recipe recipe : RecipesTest.recipes()) {
      if (recipe.files().size() == 1) {
        String policy = recipe.files().values().iterator().next();
        assertThat(page).contains("```yaml\n" + policy.substring(policy.indexOf('\n') + 1) + "```");
      }
      assertThat(page).contains("/" + recipe + ".cases.yaml)");
    }
  }

  private static final Pattern COMMAND =
      Pattern.compile("(?m)^    rolecall (policy (?:check|test|diff) (?!audit|orders).*)$");

  static Stream<String> commands() {
    return COMMAND.matcher(Checkout.text(PageRow.PAGE)).results().map(command -> command.group(1));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_answers(String command) {
    StringWriter out = new StringWriter();
    CommandLine rolecall = Rolecall.commandLine().setOut(new PrintWriter(out));
    Path samples = Checkout.path("docs/samples");
    String[] arguments =
        Stream.of(command.split(" ", -1))
            .map(word -> inOneOf(word, samples, samples.resolve("recipes")))
            .toArray(String[]::new);

    // There is a difference where two policies are compared, and no other fault.
    assertThat(rolecall.execute(arguments)).isEqualTo(command.contains("diff") ? 1 : 0);
    assertThat(out.toString()).isNotEmpty();
  }

  /** The file of that name in one of the folders that the page changes to; else the word. */
  private static String inOneOf(String word, Path... folders) {
    return Stream.of(folders)
        .map(folder -> folder.resolve(word).normalize())
        .filter(Files::exists)
        .map(Path::toString)
        .findFirst()
        .orElse(word);
  }

  static List<PageRow> matches() {
    return PageRow.under("matches", "does not match");
  }

  @Test
  void matches_areShownOfEachKind() {
    assertThat(matches()).hasSizeGreaterThan(15);
    assertThat(matches().stream().map(PageRow::heading).distinct())
        .containsExactlyInAnyOrderElementsOf(MATCHES.keySet());
  }

  @ParameterizedTest
  @MethodSource("matches")
  void pattern_matchesAsThePageSays(PageRow row) {
    BiPredicate<String, String> matches = MATCHES.getOrDefault(row.heading(), (a, b) -> false);

    assertThat(row.values(0)).isNotEmpty().allMatch(value -> matches.test(row.written(), value));
    assertThat(row.values(1)).noneMatch(value -> matches.test(row.written(), value));
  }

  static List<PageRow> refused() {
    return PageRow.under("expected");
  }

  @Test
  void refused_areShownOfEachKind() {
    assertThat(refused()).hasSizeGreaterThan(35);
    assertThat(refused().stream().map(PageRow::heading).distinct())
        .containsExactlyInAnyOrderElementsOf(AROUND.keySet());
  }

  @ParameterizedTest
  @MethodSource("refused")
  void text_thatIsRefused_isToldWhatThePageSays(PageRow row) {
    assertThat(problems(row.heading(), row.written()))
        .singleElement()
        .asString()
        .contains(" (expected: " + row.cells().get(0));
  }

  static List<String> problems(String kind, String written) {
    String text = AROUND.getOrDefault(kind, "").formatted(written);
    return PolicyDocument.read("x", text.getBytes(UTF_8))
        .fold(
            loaded -> List.of(),
            rejected -> rejected.problems().stream().map(PolicyProblem::message).toList());
  }
}
