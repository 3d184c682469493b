package dev.rolecall.cli.access.rules;

import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.report.CheckRemark;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.service.rules.document.RulesDocument;
import dev.rolecall.service.rules.document.RulesReading;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall access rules check}: reads rules as the service does. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Read the rules of an access service and say all that is wrong with them.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:they are rules",
      "1:they are none; it is said where and what would be right",
      "2:the file cannot be read"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall access rules check access.yaml",
      "",
      "--json prints an array of objects: file, line, column, code, message and",
      "severity (error or note)."
    })
final class RulesCheckCommand implements Callable<Integer> {

  private static final String UNREADABLE = "unreadable";

  @Parameters(paramLabel = "FILE", description = "The rules, YAML or JSON.")
  Path file;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return RulesDocument.read(file).fold(this::loaded, this::rejected);
  }

  private int loaded(RulesReading.Loaded loaded) {
    print(loaded.notes().stream().map(CheckRemark::of).toList());
    if (!json.isAsked()) {
      spec.commandLine()
          .getOut()
          .println(file + ": " + loaded.rules().rules().size() + " rules are valid");
    }
    return ExitStatus.YES;
  }

  private int rejected(RulesReading.Rejected rejected) {
    print(rejected.problems().stream().map(CheckRemark::of).toList());
    return rejected.problems().stream().allMatch(each -> each.code().equals(UNREADABLE))
        ? ExitStatus.COULD_NOT_TELL
        : ExitStatus.NO;
  }

  private void print(List<CheckRemark> remarks) {
    if (json.isAsked()) {
      JsonOutput.printAll(
          spec.commandLine().getOut(), remarks, (object, remark) -> remark.writeTo(object));
    } else {
      remarks.forEach(spec.commandLine().getErr()::println);
    }
  }
}
