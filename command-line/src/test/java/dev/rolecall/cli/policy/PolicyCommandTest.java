package dev.rolecall.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCommandTest {

  private static final String GOOD =
      """
      name: orders
      allow_rules:
        - name: checkout writes
          source: {principals: ["arn:aws:iam::111122223333:role/team/checkout"]}
          request: {paths: ["/orders.v1.Orders/Create"]}
      """;

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  @TempDir Path directory;

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("orders.yaml"), content).toString();
  }

  @Test
  void check_goodPolicy_isGoodAndNotesADroppedPath() throws IOException {
    CommandRun run = CommandRun.of("policy", "check", file(GOOD));

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out()).contains("policy orders is valid");
    assertThat(run.err()).contains("orders.yaml:4:").contains("role/team/checkout");
  }

  @Test
  void check_badPolicy_saysWhereAndExitsOne() throws IOException {
    CommandRun run = CommandRun.of("policy", "check", file(GOOD.replace("source", "sourse")));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err()).contains("orders.yaml:4:5").contains("sourse");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void check_badPolicyAsJson_listsTheProblems() throws IOException {
    CommandRun run = CommandRun.of("policy", "check", "--json", file("name: orders\nmore: 1\n"));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out())
        .startsWith("[{\"file\":\"")
        .endsWith(
            "orders.yaml\",\"line\":2,\"column\":1,\"code\":\"unknown-key\",\"message\":\"unknown key"
                + " \\\"more\\\" (expected: name, groups,"
                + " account_groups, deny_rules, allow_rules, public_methods)\",\"severity\":\"error\"}]\n");
  }

  @Test
  void check_missingFile_couldNotTell() {
    CommandRun run = CommandRun.of("policy", "check", directory.resolve("none.yaml").toString());

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("none.yaml");
  }

  @Test
  void explain_allowedRole_namesTheRuleAndExitsZero() throws IOException {
    CommandRun run =
        CommandRun.of(
            "policy",
            "explain",
            file(GOOD),
            "--role",
            CHECKOUT,
            "--method",
            "/orders.v1.Orders/Create");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.outUnbroken())
        .startsWith("allowed: by rule \"checkout writes\"")
        .contains(
            "whose principal \"" + CHECKOUT + "\" and path \"/orders.v1.Orders/Create\" at ",
            "denied by any of these changes:\n  - add a deny rule for ");
  }

  @Test
  void explain_otherMethod_namesTheRuleThatCameNearAndExitsOne() throws IOException {
    CommandRun run =
        CommandRun.of(
            "policy",
            "explain",
            file(GOOD),
            "--role",
            CHECKOUT,
            "--method",
            "/orders.v1.Orders/Delete");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.outUnbroken())
        .startsWith("denied: no rule allows it")
        .contains("near: rule \"checkout writes\"", "other methods")
        .contains("allowed by any of these changes:\n  - add path \"/orders.v1.Orders/Delete\"");
  }

  @Test
  void explain_asJson_isOneObject() throws IOException {
    CommandRun run =
        CommandRun.of(
            "policy",
            "explain",
            "--json",
            file(GOOD),
            "--role",
            CHECKOUT,
            "--method",
            "/orders.v1.Orders/Create");

    assertThat(run.out())
        .startsWith("{\"allowed\":true,\"public\":false,\"rule\":\"checkout writes\",\"file\":\"")
        .contains(
            "orders.yaml\",\"line\":3,",
            "\"principal\":\"" + CHECKOUT + "\",\"path\":\"/orders.v1.Orders/Create\"",
            "\"near\":[],\"changes\":[\"add a deny rule");
  }

  @Test
  void explain_badPolicy_couldNotTell() throws IOException {
    CommandRun run =
        CommandRun.of("policy", "explain", file("{}"), "--role", CHECKOUT, "--method", "/a.B/C");

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("orders.yaml:1:1");
  }
}
