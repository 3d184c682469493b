package dev.rolecall.cli.doctor;

import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The findings of one run of {@code doctor}, printed as they come. */
final class FindingReport implements Consumer<Finding> {

  private final PrintWriter out;
  private final boolean isJson;
  private final List<Finding> findings = new ArrayList<>();

  FindingReport(PrintWriter out, boolean isJson) {
    this.out = out;
    this.isJson = isJson;
  }

  @Override
  public void accept(Finding finding) {
    findings.add(finding);
    if (isJson) {
      JsonOutput.print(
          out,
          object -> {
            object.writeStringField("check", finding.check());
            object.writeStringField("verdict", finding.verdict().name());
            object.writeStringField("found", finding.found());
            if (finding.advice().isPresent()) {
              object.writeStringField("advice", finding.advice().get());
            }
          });
    } else {
      out.println(
          Paragraph.of(
              String.format("%-8s %-12s ", finding.verdict(), finding.check()), finding.found()));
      finding
          .advice()
          .ifPresent(advice -> out.println(Paragraph.of(" ".repeat(22) + "-> ", advice)));
    }
    out.flush();
  }

  /** Whether this machine's clock agrees with that of STS; empty where STS was not asked. */
  Optional<Boolean> isOwnClockGood() {
    return findings.stream()
        .filter(finding -> finding.check().equals("clock"))
        .filter(finding -> finding.verdict() != Finding.Verdict.UNKNOWN)
        .map(finding -> finding.verdict() == Finding.Verdict.OK)
        .findFirst();
  }

  /** The exit status of a command that found all these. */
  int exitStatus() {
    if (findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.WRONG)) {
      return ExitStatus.NO;
    }
    return findings.stream().allMatch(finding -> finding.verdict() == Finding.Verdict.OK)
        ? ExitStatus.YES
        : ExitStatus.COULD_NOT_TELL;
  }
}
