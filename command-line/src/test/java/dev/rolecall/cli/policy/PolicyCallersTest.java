package dev.rolecall.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on policies, where callers are of other kinds than roles and have attributes. */
final class PolicyCallersTest {

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: deploys
          source:
            principals: ["oidc:github:repo:acme/*"]
            claims: [{claim: repository_owner_id, equals: "1234"}]
            scopes: ["orders:write"]
            actors: any
          request: {paths: ["/orders.v1.Orders/Create"]}
        - name: script
          source: {principals: ["key:ci"]}
          request: {paths: ["/orders.v1.Orders/Create"]}
      """;

  @TempDir Path directory;

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private CommandRun explain(String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "policy",
                "explain",
                file("orders.yaml", POLICY),
                "--method",
                "/orders.v1.Orders/Create"));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray(String[]::new));
  }

  private static String unbroken(CommandRun run) {
    return run.out().replaceAll("\\s*\n\\s*", " ");
  }

  @Test
  void explain_callerWithItsAttributes_saysWhichConditionsHold() throws IOException {
    CommandRun run =
        explain(
            "--caller",
            "oidc:github:repo:acme/shop",
            "--claim",
            "repository_owner_id=\"1234\"",
            "--scope",
            "orders:write");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(unbroken(run))
        .startsWith("allowed: by rule \"deploys\"")
        .contains(
            "and whose conditions hold: claim repository_owner_id: \"1234\"; scope orders:write;"
                + " actor: any, or none");
  }

  @Test
  void explain_callerWithoutThem_saysWhichAreAbsent() throws IOException {
    CommandRun run =
        explain("--caller", "oidc:github:repo:acme/shop", "--claim", "repository_owner_id=1234");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run))
        .contains(
            ": claim repository_owner_id: 1234 (expected: \"1234\"); scope orders:write: absent"
                + " (expected: granted)");
  }

  @Test
  void explain_asJson_hasTheAttributes() throws IOException {
    assertThat(
            explain(
                    "--json",
                    "--caller",
                    "key:ci",
                    "--client",
                    "shop",
                    "--scope",
                    "b",
                    "--scope",
                    "a",
                    "--claim",
                    "x={\"y\":[1,true,\"z\"]}",
                    "--tag",
                    "team=pay",
                    "--actor",
                    "oidc:okta:agent")
                .out())
        .startsWith(
            "{\"allowed\":false,\"public\":false,\"attributes\":{\"client\":\"shop\","
                + "\"scopes\":[\"a\",\"b\"],\"claims\":{\"x\":{\"y\":[1,true,\"z\"]}},"
                + "\"tags\":{\"team\":\"pay\"},\"actors\":[\"oidc:okta:agent\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--caller | oidc:okta:* | caller: \"oidc:okta:*\" (expected: one role's ARN",
        "--caller | OIDC:okta:kim | caller: \"OIDC:okta:kim\" (expected: oidc:okta:kim)",
        "--caller | nobody | nobody is allowed what is public",
        "--role-id | AROAEXAMPLE000000001 | no caller (expected: --role or --caller)",
        "--tag | team | no name and = before the value (expected: NAME=VALUE)",
      })
  void explain_wrongCaller_couldNotTell(String option, String value, String problem)
      throws IOException {
    CommandRun run = explain(option, value);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(problem).doesNotContain("defect");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--claim | x=[1 | claim: \"[1\" (expected: JSON",
        "--claim | x=1.5 | claim: \"1.5\" (expected: JSON",
        "--actor | nobody | --actor: nobody",
        "--role | arn:aws:iam::111122223333:role/x | --role and --caller",
      })
  void explain_wrongAttribute_couldNotTell(String option, String value, String problem)
      throws IOException {
    CommandRun run = explain("--caller", "key:ci", option, value);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(problem).doesNotContain("defect");
  }

  @Test
  void check_aliasThatTheServerLacks_isAnErrorWithItsPlace() throws IOException {
    String policy = file("orders.yaml", POLICY);
    CommandRun run = CommandRun.of("policy", "check", "--aliases", "gihub,okta", policy);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.err())
        .contains(
            "orders.yaml:5:20: principals: \"oidc:github:repo:acme/*\" (expected:"
                + " oidc:gihub:repo:acme/*)");
    assertThat(CommandRun.of("policy", "check", "--aliases", "okta,github", policy).status())
        .isEqualTo(ExitStatus.YES);
    assertThat(CommandRun.of("policy", "check", "--json", "--aliases", "okta", policy).out())
        .contains("\"code\":\"unknown-alias\"");
  }

  @Test
  void diff_policiesThatDifferInAClaimAlone_saysForWhichCaller() throws IOException {
    CommandRun run =
        CommandRun.of(
            "policy",
            "diff",
            file("old.yaml", POLICY),
            file("new.yaml", POLICY.replace("\"1234\"", "\"5678\"")),
            "--roles",
            file("roles.txt", "arn:aws:iam::111122223333:role/x\n"));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run))
        .contains(
            "oidc:github:repo:acme/~ /orders.v1.Orders/Create with scope orders:write,"
                + " claim repository_owner_id: \"1234\"");
  }

  @Test
  void test_casesOfOtherCallers_areAnswered() throws IOException {
    CommandRun run =
        CommandRun.of(
            "policy",
            "test",
            file("orders.yaml", POLICY),
            file(
                "cases.yaml",
                """
                cases:
                  - caller: oidc:github:repo:acme/shop
                    attributes: {claims: {repository_owner_id: "1234"}, scopes: ["orders:write"]}
                    method: /orders.v1.Orders/Create
                    expect: deny
                  - {caller: "key:ci", method: /orders.v1.Orders/Create, expect: allow}
                """));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run))
        .contains("with scope orders:write, claim repository_owner_id: \"1234\"")
        .contains("2 cases: 1 passed, 1 failed");
  }

  @Test
  void serve_policyOfAnIssuerThatTheServerLacks_doesNotStart() throws IOException {
    CommandRun run =
        CommandRun.of("serve", "--audience", "orders", "--policy", file("orders.yaml", POLICY));

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err())
        .contains(
            "orders.yaml:5:20: principals: \"oidc:github:repo:acme/*\" (expected: none with an"
                + " alias: the server has no issuer and no authority)");
  }
}
