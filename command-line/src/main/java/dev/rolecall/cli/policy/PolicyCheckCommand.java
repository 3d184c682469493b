package dev.rolecall.cli.policy;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.schema.SchemaUnavailableException;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.identity.IssuerAlias;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall policy check}: every problem of policies, and its place. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Read policies and say all that is wrong with them.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:a policy, each of them",
      "1:one is not a policy, or a path or an alias of it means nothing",
      "2:one cannot be read, and none that can is wrong; or there are no methods to be had"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall policy check orders.yaml",
      "  rolecall policy check policies/ --descriptor-set orders.pb",
      "  rolecall policy check --together groups.yaml orders.yaml",
      "  rolecall policy check orders.yaml --aliases github,okta",
      "  kubectl get configmap orders -o jsonpath='{.data.policy}' | \\",
      "    rolecall policy check -",
      "",
      "--json prints an array of objects: file, line, column, code, message and",
      "severity (error or note). Code is a stable word, such as unknown-key."
    })
final class PolicyCheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "The policies, YAML or JSON. Each file is a policy by itself. A folder is one policy: its"
              + " files in YAML and JSON, but for .cases.yaml and the like. - reads standard"
              + " input.")
  List<Path> paths;

  @Option(names = "--together", description = "Read all files and folders given as one policy.")
  boolean together;

  @Option(
      names = "--aliases",
      paramLabel = "ALIAS",
      split = ",",
      description =
          "The server's aliases of issuers and client authorities: a principal of another one is"
              + " an error.")
  @Nullable List<IssuerAlias> aliases;

  @Mixin MethodOptions methods;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Optional<List<String>> known;
    try {
      known = methods.areGiven() ? Optional.of(methods.fullMethodNames()) : Optional.empty();
    } catch (SchemaUnavailableException e) {
      methods.print(spec.commandLine().getErr(), e);
      return ExitStatus.COULD_NOT_TELL;
    }
    paths.forEach(this::leaveOutTables);
    Stream<List<Path>> policies = together ? Stream.of(paths) : paths.stream().map(List::of);
    List<PolicyCheck> checks = policies.map(each -> checked(each, known)).toList();
    if (json.isAsked()) {
      JsonOutput.printAll(
          spec.commandLine().getOut(),
          checks.stream().flatMap(check -> check.remarks().stream()).toList(),
          (object, remark) -> remark.writeTo(object));
    }
    return status(checks.stream().map(PolicyCheck::status).toList());
  }

  private static int status(List<Integer> statuses) {
    if (statuses.contains(ExitStatus.NO)) {
      return ExitStatus.NO;
    }
    return statuses.contains(ExitStatus.COULD_NOT_TELL)
        ? ExitStatus.COULD_NOT_TELL
        : ExitStatus.YES;
  }

  private PolicyCheck checked(List<Path> policy, Optional<List<String>> known) {
    PolicyCheck check = PolicyCheck.of(policy, known, Optional.ofNullable(aliases));
    if (!json.isAsked()) {
      print(check);
    }
    if (check.status() == ExitStatus.NO
        && policy.size() == 1
        && PolicyFiles.isTable(policy.get(0))) {
      String name = PolicyFiles.name(policy.get(0));
      note(name + ": a table of cases; try it: rolecall policy test POLICY " + name);
    }
    return check;
  }

  private void print(PolicyCheck check) {
    PrintWriter err = spec.commandLine().getErr();
    check.remarks().forEach(err::println);
    if (check.status() == ExitStatus.YES) {
      check
          .name()
          .ifPresent(
              name ->
                  spec.commandLine()
                      .getOut()
                      .println(check.files() + ": policy " + name + " is valid"));
    }
  }

  private void leaveOutTables(Path given) {
    try {
      PolicyFiles.tablesIn(given)
          .forEach(
              table -> note(table + ": left out, as a table of cases; see 'rolecall policy test'"));
    } catch (CommandFailure e) {
      // A folder that cannot be read: the check says so.
      return;
    }
  }

  private void note(String text) {
    spec.commandLine().getErr().println("note: " + text);
  }
}
