package dev.rolecall.cli.access.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.policy.Position;
import dev.rolecall.policy.document.PolicyNote;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.service.rules.document.RulesDocument;
import dev.rolecall.service.rules.document.RulesReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    if (json.isAsked()) {
      print(loaded.notes().stream().map(RulesCheckCommand::fields).toList());
      return ExitStatus.YES;
    }
    loaded.notes().forEach(note -> err().println("note: " + note));
    spec.commandLine()
        .getOut()
        .println(file + ": " + loaded.rules().rules().size() + " rules are valid");
    return ExitStatus.YES;
  }

  private int rejected(RulesReading.Rejected rejected) {
    if (json.isAsked()) {
      print(rejected.problems().stream().map(RulesCheckCommand::fields).toList());
    } else {
      rejected.problems().forEach(err()::println);
    }
    return rejected.problems().stream().allMatch(each -> each.code().equals(UNREADABLE))
        ? ExitStatus.COULD_NOT_TELL
        : ExitStatus.NO;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private void print(List<JsonOutput.Fields> remarks) {
    JsonOutput.printAll(
        spec.commandLine().getOut(), remarks, (object, fields) -> fields.writeTo(object));
  }

  private static JsonOutput.Fields fields(PolicyProblem problem) {
    return json -> {
      json.writeStringField("file", problem.source());
      write(json, problem.at());
      json.writeStringField("code", problem.code());
      json.writeStringField("message", problem.message());
      json.writeStringField("severity", "error");
    };
  }

  private static JsonOutput.Fields fields(PolicyNote note) {
    return json -> {
      json.writeStringField("file", note.at().source());
      write(json, Optional.of(note.at().position()));
      json.writeStringField("code", note.code());
      json.writeStringField("message", note.message());
      json.writeStringField("severity", "note");
    };
  }

  private static void write(JsonGenerator json, Optional<Position> at) throws IOException {
    if (at.isPresent()) {
      json.writeNumberField("line", at.get().line());
      json.writeNumberField("column", at.get().column());
    }
  }
}
