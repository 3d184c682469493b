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
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on policies, where rules require a grant. */
final class PolicyGrantsTest {

  private static final String ON_CALL = "arn:aws:iam::111122223333:role/on-call";

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: a region at a time
          source:
            principals: ["arn:aws:iam::111122223333:role/on-call"]
            requires_grant: {permission: orders-admin, resource: "orders/{header:x-region}"}
          request: {paths: ["/o.O/Delete"]}
        - name: all regions
          source:
            principals: ["arn:aws:iam::111122223333:role/on-call"]
            requires_grant: orders-purger
          request: {paths: ["/o.O/Delete", "/o.O/Purge"]}
        - name: on call reads
          source: {principals: ["arn:aws:iam::111122223333:role/on-call"]}
          request: {paths: ["/o.O/Get"]}
      """;

  @TempDir Path directory;

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }

  private CommandRun explain(String method, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "policy",
                "explain",
                file("orders.yaml", POLICY),
                "--role",
                ON_CALL,
                "--method",
                "/o.O/" + method));
    command.addAll(List.of(more));
    return CommandRun.of(command.toArray(String[]::new));
  }

  /** The output, with the lines that were broken at 79 columns in one. */
  private String unbroken(CommandRun run) {
    return run.out().replaceAll("\\s*\n\\s*", " ").replace(directory + "/", "");
  }

  @Test
  void explain_callThatNeedsAGrant_saysWhichAndThatItIsNotGiven() throws IOException {
    CommandRun run = explain("Delete", "--header", "x-region=eu");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run))
        .isEqualTo(
            "denied: no rule allows it without a grant that the caller is not given"
                + " needs: orders-admin for orders/eu, by rule \"a region at a time\" at"
                + " orders.yaml:3:5; or orders-purger, by rule \"all regions\" at orders.yaml:8:5"
                + " near: rule \"on call reads\" at orders.yaml:13:5: its principals match this"
                + " caller, but its paths match other methods"
                + " allowed by any of these changes:"
                + " - let the caller have a grant of orders-admin for orders/eu"
                + " - let the caller have a grant of orders-purger ");
    assertThat(run.out().lines())
        .allMatch(line -> line.length() <= 79 || line.contains(directory.toString()));
  }

  @Test
  void explain_callThatNamesNoResource_saysWhichHeaderIsMissing() throws IOException {
    CommandRun run = explain("Delete", "--grant", "orders-admin");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run))
        .contains(
            "needs: orders-admin for orders/{header:x-region}, by rule \"a region at a time\" at"
                + " orders.yaml:3:5, where header x-region names no resource; or orders-purger");
  }

  @ParameterizedTest
  @CsvSource({
    "Delete, orders-admin:orders/eu, x-region=eu, 0",
    "Delete, orders-admin, x-region=eu, 0",
    "Delete, orders-purger, x-other=eu, 0",
    "Purge, orders-purger, x-region=eu, 0",
    "Get, other, x-region=eu, 0",
    "Delete, orders-admin:orders/eu, x-region=us, 1",
    "Delete, orders-admin:orders/eu, x-other=eu, 1",
    "Delete, orders-purger:orders/eu, x-region=eu, 1",
    "Delete, other, x-region=eu, 1",
    "Purge, orders-admin, x-region=eu, 1",
    "Move, orders-purger, x-region=eu, 1",
  })
  void explain_withAGrant_isAllowedWhereItIsTheRightOne(
      String method, String grant, String header, int status) throws IOException {
    CommandRun run = explain(method, "--grant", grant, "--header", header);

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out())
        .startsWith(status == 0 ? "allowed: by rule " : "denied: no rule allows it");
  }

  @Test
  void explain_callThatAGrantAllows_namesTheRuleAndTheGrant() throws IOException {
    CommandRun run =
        explain(
            "Delete",
            "--grant",
            "other",
            "--grant",
            "orders-admin:orders/eu",
            "--header",
            "x-region=eu");

    assertThat(unbroken(run))
        .startsWith(
            "allowed: by rule \"a region at a time\" at orders.yaml:3:5, with a grant of"
                + " orders-admin for orders/eu whose principal")
        .contains("and whose conditions hold: grant: orders-admin orders/{header:x-region}")
        .doesNotContain("needs:");
  }

  @Test
  void explain_asJson_hasTheGrants() throws IOException {
    assertThat(explain("Delete", "--json", "--header", "x-region=eu", "--grant", "p:r").out())
        .startsWith(
            "{\"allowed\":false,\"public\":false,\"grants\":[\"p:r\"],"
                + "\"headers\":{\"x-region\":\"eu\"},\"needs_grants\":[["
                + "{\"permission\":\"orders-admin\",\"resource\":\"orders/eu\","
                + "\"rule\":\"a region at a time\",\"held\":false},"
                + "{\"permission\":\"orders-purger\",\"rule\":\"all regions\",\"held\":false}]],"
                + "\"near\":[");
    assertThat(explain("Purge", "--json", "--grant", "orders-purger").out())
        .startsWith("{\"allowed\":true,")
        .contains("\"held\":true}]],\"rule\":\"all regions\",\"file\":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Orders", "a:", "a:..", "a:b c", "a:{header:x}", ":b"})
  void explain_withAGrantThatIsNone_couldNotTell(String grant) throws IOException {
    CommandRun run = explain("Delete", "--grant", grant);

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).contains("(expected: ");
  }

  @Test
  void test_caseThatNeedsAGrant_isTold() throws IOException {
    String table =
        """
        cases:
          - caller: %1$s
            method: /o.O/Delete
            headers: {x-region: eu}
            grants: [{permission: orders-admin, resource: orders/eu}]
            expect: allow
          - {caller: "%1$s", method: /o.O/Purge, expect: needs_grant}
          - {caller: "%1$s", method: /o.O/Purge, grants: [orders-admin], expect: allow}
        """
            .formatted(ON_CALL);

    CommandRun run =
        CommandRun.of("policy", "test", file("orders.yaml", POLICY), file("t.cases.yaml", table));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run))
        .isEqualTo(
            "t.cases.yaml:8:5: "
                + ON_CALL
                + " /o.O/Purge with grant orders-admin - expected: allow + actual:   needs_grant, a"
                + " grant of orders-purger (rule \"all regions\" at orders.yaml:8:5) would allow it"
                + " 3 cases: 2 passed, 1 failed ");
  }

  @Test
  void diff_ruleThatGainsAGrant_tightens_andTheReverseLoosens() throws IOException {
    String granted = file("orders.yaml", POLICY);
    String open = file("open.yaml", POLICY.replace("      requires_grant: orders-purger\n", ""));
    String roles = file("roles.txt", ON_CALL + "\n");

    CommandRun tightens = CommandRun.of("policy", "diff", open, granted, "--roles", roles);
    CommandRun loosens = CommandRun.of("policy", "diff", "--json", granted, open, "--roles", roles);

    assertThat(tightens.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(tightens))
        .contains(
            "/o.O/Purge - allow, by rule \"all regions\" at open.yaml:8:5 + needs_grant, a grant of"
                + " orders-purger (rule \"all regions\" at orders.yaml:8:5) would allow it"
                + " tightens: a grant is needed now")
        .endsWith("2 of 6 answers change ");
    assertThat(loosens.out())
        .contains("\"before\":\"needs_grant\",\"after\":\"allow\",\"effect\":\"loosens\"");
  }

  @ParameterizedTest
  @CsvSource({
    "orders-purger, orders-cleaner, differs: other grants are needed",
    "/o.O/Purge, /o.O/Other, tightens: no grant would allow it any more",
    "/o.O/Purge, /o.O/Other, loosens: a grant would allow it now",
  })
  void diff_ofGrants_saysWhatChanges(String old, String next, String words) throws IOException {
    CommandRun run =
        CommandRun.of(
            "policy",
            "diff",
            file("orders.yaml", POLICY),
            file("new.yaml", POLICY.replace(old, next)),
            "--roles",
            file("roles.txt", ON_CALL + "\n"));

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(unbroken(run)).contains(words);
  }

  @Test
  void check_ofGrants_saysProblemsAndNotes() throws IOException {
    String needless = POLICY.replace("[\"/o.O/Get\"]", "[\"/o.O/*\"]");

    CommandRun noted = CommandRun.of("policy", "check", file("orders.yaml", needless));
    CommandRun wrong =
        CommandRun.of(
            "policy", "check", file("orders.yaml", POLICY.replace("x-region", "authorization")));

    assertThat(noted.status()).isEqualTo(ExitStatus.YES);
    assertThat(noted.err()).contains(":3:5: rule \"a region at a time\" requires a grant that is");
    assertThat(wrong.status()).isEqualTo(ExitStatus.NO);
    assertThat(wrong.err()).contains(":6:60: header: \"authorization\" (expected: a header that");
  }
}
