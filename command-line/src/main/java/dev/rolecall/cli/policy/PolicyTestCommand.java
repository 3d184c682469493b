package dev.rolecall.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.report.CaseReport;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.policytools.CaseResult;
import dev.rolecall.policytools.PolicyCases;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall policy test}: a table of calls, checked against a policy. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description =
        "Say whether a policy answers a table of calls as expected, before it is in force.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every case passed",
      "1:some failed",
      "2:could not tell: a file cannot be read, or is wrong; it is said where"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall policy test orders.yaml orders.cases.yaml",
      "",
      "where orders.cases.yaml is",
      "",
      "  cases:",
      "    - caller: arn:aws:iam::111122223333:role/checkout",
      "      method: /orders.v1.Orders/Create",
      "      expect: allow",
      "    - {caller: nobody, method: /orders.v1.Orders/Create, expect: deny}",
      "",
      "A case may state headers: {x-tenant: blue} and address: 10.0.0.1 too.",
      "A caller is one role's ARN, with #AROA... behind it where the policy pins",
      "its unique id; or one principal of another kind, such as key:ci; or nobody:",
      "a call without a credential. A case may state attributes of its caller:",
      "attributes: {client: shop, scopes: [a], claims: {env: prod},",
      "tags: {team: pay}, actors: [\"oidc:okta:agent\"]}.",
      "It may state grants that its caller holds: grants: [orders-admin,",
      "{permission: orders-admin, resource: orders/eu}]. A call that needs one which",
      "is not stated is answered needs_grant."
    })
final class PolicyTestCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "PATH",
      description = "The policy, a file or a folder; - reads standard input.")
  Path file;

  @Parameters(index = "1", paramLabel = "CASES", description = "The table, YAML or JSON.")
  Path table;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PolicyCases cases = PolicyFiles.cases(table);
    List<CaseResult> results = cases.under(PolicyFiles.policy(file));
    List<CaseResult> failed = results.stream().filter(result -> !result.passed()).toList();
    PrintWriter out = spec.commandLine().getOut();
    return json.isAsked()
        ? CaseReport.printJson(out, results.size(), failed, PolicyTestCommand::write)
        : CaseReport.print(out, results.size(), failed, PolicyTestCommand::print);
  }

  private static void print(PrintWriter out, CaseResult result) {
    out.println(
        Paragraph.of(
            String.format(
                "%s: %s %s",
                result.tested().at(), result.tested().caller(), result.tested().method())));
    CallWords.of(result.tested().caller(), result.tested().call())
        .ifPresent(words -> out.println(Paragraph.of("with " + words)));
    out.println("- expected: " + result.tested().expected());
    out.println(
        Paragraph.of("+ actual:   ", result.actual().answer() + ", " + result.actual().why()));
    out.println();
  }

  private static void write(JsonGenerator json, CaseResult result) throws IOException {
    json.writeNumberField("line", result.tested().at().position().line());
    json.writeNumberField("column", result.tested().at().position().column());
    json.writeStringField("caller", result.tested().caller().toString());
    StatedCallerOptions.write(json, result.tested().caller());
    json.writeStringField("method", result.tested().method().value());
    StatedCallOptions.write(json, result.tested().call());
    json.writeStringField("expected", result.tested().expected().toString());
    json.writeStringField("actual", result.actual().answer().toString());
    json.writeStringField("why", result.actual().why());
  }
}
