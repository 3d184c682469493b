package dev.rolecall.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.policy.document.PolicyReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall policy check}: every problem of a policy file, and its place. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Read policy files and say all that is wrong with them.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:a policy, each of them",
      "1:one is not a policy",
      "2:one cannot be read, and none that can is wrong"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall policy check orders.yaml",
      "  rolecall policy check policies/",
      "  kubectl get configmap orders -o jsonpath='{.data.policy}' | \\",
      "    rolecall policy check -"
    })
final class PolicyCheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "The policies, YAML or JSON; of a folder, its .yaml, .yml and .json files, but for"
              + " .cases.yaml and the like; - reads standard input.")
  List<Path> files;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Set<Integer> statuses = new HashSet<>();
    for (Path given : files) {
      try {
        PolicyFiles.tablesIn(given).forEach(this::leaveOut);
        PolicyFiles.in(given).forEach(file -> statuses.add(checked(file)));
      } catch (CommandFailure e) {
        spec.commandLine().getErr().println("rolecall: " + e.getMessage());
        statuses.add(ExitStatus.COULD_NOT_TELL);
      }
    }
    if (statuses.contains(ExitStatus.NO)) {
      return ExitStatus.NO;
    }
    return statuses.contains(ExitStatus.COULD_NOT_TELL)
        ? ExitStatus.COULD_NOT_TELL
        : ExitStatus.YES;
  }

  private void leaveOut(Path table) {
    spec.commandLine()
        .getErr()
        .println("note: " + table + ": left out, as a table of cases; see 'rolecall policy test'");
  }

  private int checked(Path file) {
    String name = PolicyFiles.name(file);
    int status =
        PolicyFiles.reading(file)
            .fold(loaded -> good(name, loaded), rejected -> bad(name, rejected));
    if (status == ExitStatus.NO && PolicyFiles.isTable(file)) {
      spec.commandLine()
          .getErr()
          .println(
              "note: " + name + ": a table of cases; try it: rolecall policy test POLICY " + name);
    }
    return status;
  }

  private int good(String file, PolicyReading.Loaded loaded) {
    if (json.isAsked()) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          object -> {
            object.writeBooleanField("valid", true);
            object.writeStringField("name", loaded.policy().name());
            write(object, "notes", loaded.notes());
            object.writeStringField("file", file);
          });
    } else {
      loaded.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
      spec.commandLine()
          .getOut()
          .println(file + ": policy " + loaded.policy().name() + " is valid");
    }
    return ExitStatus.YES;
  }

  private int bad(String file, PolicyReading.Rejected rejected) {
    if (json.isAsked()) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          object -> {
            object.writeBooleanField("valid", false);
            write(object, "problems", rejected.problems());
            object.writeStringField("file", file);
          });
    } else {
      rejected.problems().forEach(spec.commandLine().getErr()::println);
    }
    return ExitStatus.NO;
  }

  private static void write(JsonGenerator object, String name, List<?> lines) throws IOException {
    object.writeArrayFieldStart(name);
    for (Object line : lines) {
      object.writeString(line.toString());
    }
    object.writeEndArray();
  }
}
