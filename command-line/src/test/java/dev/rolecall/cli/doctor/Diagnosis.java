package dev.rolecall.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.terminal.ExitStatus;
import java.util.List;

/** The expected words of a run of {@code doctor}. */
final class Diagnosis {

  private Diagnosis() {}

  /** That check is wrong, and the next line says what to do. */
  static void assertWrong(CommandRun run, String check, String found, String advice) {
    List<String> lines = run.outUnbroken().lines().toList();
    String wrong =
        lines.stream()
            .filter(line -> line.startsWith("WRONG    " + check))
            .findFirst()
            .orElseThrow(() -> new AssertionError(check + " is not wrong in:\n" + run));

    assertThat(wrong).contains(found);
    assertThat(lines.get(lines.indexOf(wrong) + 1)).contains("-> ").contains(advice);
    assertThat(run.status()).isEqualTo(ExitStatus.NO);
  }
}
