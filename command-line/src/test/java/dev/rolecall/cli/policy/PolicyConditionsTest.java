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

/** The commands on policies, where rules have conditions on the call. */
final class PolicyConditionsTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: blue from inside
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"], networks: [10.0.0.0/8]}
          request:
            paths: ["/orders.v1.Orders/Create"]
            headers: [{key: x-tenant, values: ["blue", "green-*"]}]
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
                "--role",
                CHECKOUT,
                "--method",
                "/orders.v1.Orders/Create"));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray(String[]::new));
  }

  @Test
  void explain_callThatMeetsTheConditions_saysSo() throws IOException {
    CommandRun run = explain("--header", "x-tenant=green-1", "--address", "10.0.0.1");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(unbroken(run))
        .startsWith("allowed: by rule \"blue from inside\"")
        .contains(
            " match, and whose conditions hold: address: 10.0.0.0/8; header x-tenant: blue or"
                + " green-*");
  }

  /** The output, with the lines that were broken at 79 columns in one. */
  private static String unbroken(CommandRun run) {
    return run.out().replaceAll("\\s*\n\\s*", " ");
  }

  @Test
  void explain_callThatMissesThem_saysWhichAndWhatWouldBeRight() throws IOException {
    CommandRun run = explain("--header", "x-tenant=red");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run))
        .startsWith("denied: no rule allows it")
        .contains("near: rule \"blue from inside\" at ")
        .contains(
            ": address: unknown (expected: 10.0.0.0/8); header x-tenant: \"red\" (expected: blue or"
                + " green-*)")
        .contains("- take networks and header x-tenant out of rule \"blue from inside\"");
  }

  @Test
  void explain_asJson_hasTheCallAndTheConditions() throws IOException {
    CommandRun run =
        explain(
            "--json", "--header", "x-tenant=blue", "--header", "x-a=1", "--address", "10.0.0.1");

    assertThat(run.out())
        .startsWith(
            "{\"allowed\":true,\"public\":false,\"headers\":{\"x-a\":\"1\",\"x-tenant\":\"blue\"},"
                + "\"address\":\"10.0.0.1\",\"rule\":\"blue from inside\"")
        .contains("\"conditions\":\"address: 10.0.0.0/8; header x-tenant: blue or green-*\"");
    assertThat(explain("--json", "--header", "x-tenant=blue").out())
        .contains(
            "\"near\":[\"rule \\\"blue from inside\\\": address: unknown (expected: 10.0.0.0/8)\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--header | x-tenant | no name and = before the value (expected: NAME=VALUE)",
        "--header | =blue | no name and = before the value (expected: NAME=VALUE)",
        "--header | X-Tenant=blue | header: \"X-Tenant\" (expected: x-tenant, in lower case)",
        "--header | authorization=Bearer hush | header: \"authorization\" (expected: a header that"
            + " holds no credential; principals mean the callers)",
        "--address | localhost | address: \"localhost\" (expected: an IPv4 or IPv6 address)",
      })
  void explain_wrongOption_couldNotTell_andRepeatsNoSecret(
      String option, String value, String problem) throws IOException {
    CommandRun run = explain(option, value);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains(problem).doesNotContain("hush", "defect");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void test_ofCasesWithHeadersAndAddress_namesThemWhereItFails() throws IOException {
    String cases =
        file(
            "orders.cases.yaml",
            """
            cases:
              - {caller: "%1$s", method: /orders.v1.Orders/Create, expect: deny}
              - caller: %1$s
                method: /orders.v1.Orders/Create
                headers: {x-tenant: blue}
                address: 10.0.0.1
                expect: deny
            """
                .formatted(CHECKOUT));
    String policy = file("orders.yaml", POLICY);

    assertThat(CommandRun.of("policy", "test", policy, cases).out())
        .contains("\nwith header x-tenant: \"blue\", address 10.0.0.1\n- expected: deny\n")
        .endsWith("2 cases: 1 passed, 1 failed\n");
    assertThat(CommandRun.of("policy", "test", "--json", policy, cases).out())
        .contains("\"headers\":{\"x-tenant\":\"blue\"},\"address\":\"10.0.0.1\",\"expected\"");
  }

  @Test
  void diff_ofConditionsAlone_listsACallForEachChange() throws IOException {
    String before = file("old.yaml", POLICY);
    String after = file("new.yaml", POLICY.replace("\"blue\", ", ""));
    String roles = file("roles.txt", CHECKOUT + "\n");

    CommandRun run = CommandRun.of("policy", "diff", before, after, "--roles", roles);

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out())
        .startsWith(
            CHECKOUT
                + " /orders.v1.Orders/Create\n"
                + "with header x-tenant: \"blue\", address 10.0.0.0\n"
                + "- allow, by rule \"blue from inside\"")
        .endsWith("\n1 of 13 answers change\n");
    assertThat(CommandRun.of("policy", "diff", "--json", before, after, "--roles", roles).out())
        .contains("\"headers\":{\"x-tenant\":\"blue\"},\"address\":\"10.0.0.0\",\"before\"");
    assertThat(CommandRun.of("policy", "diff", before, before, "--roles", roles).status())
        .isEqualTo(ExitStatus.YES);
  }
}
