package dev.rolecall.cli.access.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.report.CaseReport;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.service.rules.AccessRules;
import dev.rolecall.service.rules.document.AccessCaseResult;
import dev.rolecall.service.rules.document.AccessCases;
import dev.rolecall.service.rules.document.InvalidRulesException;
import dev.rolecall.service.rules.document.RulesDocument;
import dev.rolecall.service.rules.document.RulesReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall access rules test}: tries rules against a table of cases. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Try the rules of an access service against a table of requests.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:each case has the answer that it expects",
      "1:one has another",
      "2:a file cannot be read, or is wrong; it is said where"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access rules test access.yaml",
      "",
      "where access.cases.yaml is",
      "",
      "  cases:",
      "    - caller: corp/ana@example.com via Engineer",
      "      permission: orders-admin",
      "      duration: 1h",
      "      expect: accepted",
      "      reviewers: [corp/ben@example.com via Lead]",
      "      not_reviewers: [corp/ana@example.com via Lead]",
      "    - {caller: corp/ana@example.com via Engineer, permission: orders-admin,",
      "       duration: 9h, expect: refused, because: DURATION_NOT_ALLOWED}",
      "",
      "A caller is DIRECTORY/USER, with 'via PERMISSION_SET' where the directory has",
      "several; a role's ARN, with #AROA... behind it where a rule pins its unique",
      "id; or oidc:ALIAS:SUBJECT."
    })
final class RulesTestCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "FILE", description = "The rules, YAML or JSON.")
  Path file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CASES",
      description =
          "The table, YAML or JSON. Default: the file beside it with .cases in its name, such as"
              + " access.cases.yaml.")
  @Nullable Path table;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<AccessCaseResult> results = cases().under(rules());
    List<AccessCaseResult> failed = results.stream().filter(result -> !result.passed()).toList();
    PrintWriter out = spec.commandLine().getOut();
    return json.isAsked()
        ? CaseReport.printJson(out, results.size(), failed, RulesTestCommand::write)
        : CaseReport.print(out, results.size(), failed, RulesTestCommand::print);
  }

  private AccessCases cases() {
    try {
      return AccessCases.load(table == null ? beside(file) : table);
    } catch (InvalidRulesException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** The usual name of the table of rules. */
  private static Path beside(Path rules) {
    String name = rules.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return rules.resolveSibling(
        dot < 0 ? name + ".cases" : name.substring(0, dot) + ".cases" + name.substring(dot));
  }

  private AccessRules rules() {
    return RulesDocument.read(file)
        .fold(
            RulesReading.Loaded::rules,
            rejected -> {
              throw new CommandFailure(
                  rejected.problems().stream()
                      .map(PolicyProblem::toString)
                      .collect(Collectors.joining("\n")));
            });
  }

  private static void print(PrintWriter out, AccessCaseResult result) {
    out.println(
        Paragraph.of(
            Visible.line(
                result.tested().at()
                    + ": "
                    + result.tested().callers().requester()
                    + " "
                    + result.tested().asked().permission())));
    result.differences().forEach(words -> out.println(Paragraph.of("  - ", Visible.line(words))));
    out.println();
  }

  private static void write(JsonGenerator json, AccessCaseResult result) throws IOException {
    json.writeNumberField("line", result.tested().at().position().line());
    json.writeNumberField("column", result.tested().at().position().column());
    json.writeStringField("caller", result.tested().callers().requester());
    json.writeStringField("permission", result.tested().asked().permission().value());
    JsonOutput.texts(json, "differences", result.differences());
  }
}
