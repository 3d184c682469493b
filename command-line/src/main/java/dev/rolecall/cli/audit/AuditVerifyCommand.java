package dev.rolecall.cli.audit;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.policytools.trail.TrailCheck;
import dev.rolecall.policytools.trail.TrailFinding;
import dev.rolecall.policytools.trail.TrailFinding.Kind;
import dev.rolecall.policytools.trail.TrailReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks that audit files are whole. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Check that no line of a server's audit files is missing, twice, moved or changed.",
      "",
      "Give all files of one server, in any order, compressed by gzip or not. Each process that"
          + " wrote them has a trail of numbered lines. A changed word shows only in a trail with"
          + " --audit-hash-chain. A server that was killed has not closed its trail: that is a"
          + " note, and a fault with --closed."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:whole, as far as the files can tell",
      "1:not whole: a line with 'wrong' says where",
      "2:could not tell: a file cannot be read, or has no numbered line"
    },
    footerHeading = "%nFor example:%n",
    footer = {"  rolecall audit verify audit.jsonl*", "  rolecall audit verify --json audit.jsonl"})
final class AuditVerifyCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "AUDIT",
      description = "The audit files; - reads standard input.")
  List<Path> files;

  @Option(
      names = "--closed",
      description = "Take a trail without its last line as a fault: no server runs any more.")
  boolean closed;

  @Option(names = "--json", description = "Print one object for scripts.")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    TrailCheck check = new TrailCheck();
    boolean read = true;
    for (Path each : files) {
      read &= read(InputFile.of("", each), check);
    }
    TrailReport report = check.report();
    if (json) {
      JsonOutput.print(out(), fields -> new VerifyJson(report, this::isFault).writeTo(fields));
    } else {
      print(report);
    }
    if (!read || report.trails() == 0) {
      return ExitStatus.COULD_NOT_TELL;
    }
    return report.findings().stream().anyMatch(this::isFault) ? ExitStatus.NO : ExitStatus.YES;
  }

  /** Whether it could be opened; what another file shows is told all the same. */
  private boolean read(InputFile file, TrailCheck check) {
    try {
      file.stream(in -> check.read(file.name(), in));
      return true;
    } catch (CommandFailure e) {
      spec.commandLine().getErr().println("error: " + e.getMessage());
      return false;
    }
  }

  private boolean isFault(TrailFinding finding) {
    return finding.kind().isFault() || (closed && finding.kind() == Kind.NOT_CLOSED);
  }

  private void print(TrailReport report) {
    PrintWriter out = out();
    for (TrailFinding each : report.findings()) {
      String where = each.line() == 0 ? each.file() : each.file() + ":" + each.line();
      out.println((isFault(each) ? "wrong: " : "note: ") + where);
      out.println(Paragraph.of("  ", word(each.kind()) + ": " + each.words()));
    }
    out.println(summary(report));
    out.flush();
  }

  private String summary(TrailReport report) {
    if (report.trails() == 0) {
      return "no numbered line (expected: what serve --audit-file writes)";
    }
    long faults = report.findings().stream().filter(this::isFault).count();
    return (faults == 0 ? "whole: " : faults + " wrong: ")
        + (report.trails() == 1 ? "1 trail, " : report.trails() + " trails, ")
        + report.lines()
        + " lines; "
        + report.leftOut()
        + " decisions counted in others, "
        + report.lost()
        + " lost";
  }

  static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
