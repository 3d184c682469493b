package dev.rolecall.cli.policy;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.policytools.suggest.SeenCalls;
import dev.rolecall.policytools.suggest.SuggestedPolicy;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall policy suggest}: the least policy for the calls in audit files. */
@Command(
    name = "suggest",
    mixinStandardHelpOptions = true,
    description = "Write the least policy that admits the calls seen in audit files.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:written",
      "1:written, and it allows nothing: no known caller called often enough",
      "2:could not tell: a file cannot be read, or has no audit record"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall policy suggest audit.jsonl > orders.yaml",
      "  cat audit.jsonl* | rolecall policy suggest --name orders -",
      "",
      "An audit file is what 'rolecall serve --audit-file' writes, a record a line.",
      "The policy names each caller and each method, without a wildcard. What is",
      "left out stands in it as comments: rare calls, refused calls, and calls",
      "whose caller is not known. Read it before it is put in force."
    })
final class PolicySuggestCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "AUDIT",
      description = "The audit files; - reads standard input.")
  List<Path> files;

  @Option(
      names = "--at-least",
      paramLabel = "TIMES",
      defaultValue = "3",
      description =
          "How often a caller must have called a method. Rarer calls are comments. Default:"
              + " ${DEFAULT-VALUE}.")
  long atLeast;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "suggested",
      description = "The policy's name. Default: ${DEFAULT-VALUE}.")
  String name;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    SeenCalls seen = new SeenCalls();
    for (Path each : files) {
      read(InputFile.of("", each), seen);
    }
    SuggestedPolicy suggested = suggested(seen);
    PolicyFiles.requireLoads("the suggested policy", suggested.text());
    notes(seen);
    PrintWriter out = spec.commandLine().getOut();
    out.print(suggested.text());
    out.flush();
    return suggested.rules() > 0 ? ExitStatus.YES : ExitStatus.NO;
  }

  private void read(InputFile file, SeenCalls seen) {
    long records = seen.records();
    long others = seen.otherLines();
    file.stream(seen::add);
    if (seen.records() == records) {
      throw file.wrong("no audit record (expected: what serve --audit-file writes)");
    }
    if (seen.otherLines() > others) {
      note(file.name() + ": lines that are no audit records: " + (seen.otherLines() - others));
    }
  }

  private SuggestedPolicy suggested(SeenCalls seen) {
    try {
      return seen.suggest(name, atLeast);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void notes(SeenCalls seen) {
    if (seen.lost() > 0) {
      note("records that the server could not write: " + seen.lost() + "; calls may be missing");
    }
    if (seen.beyondBounds() > 0) {
      note("calls of too many callers and methods, not counted: " + seen.beyondBounds());
    }
  }

  private void note(String words) {
    spec.commandLine().getErr().println("note: " + words);
  }
}
