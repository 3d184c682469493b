package dev.rolecall.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The table of the demo. Each row is printed as soon as its call has ended. */
final class DemoTable {

  private static final String ROW = "%-24s %-6s %-8s %-24s %9s %3s%n";

  private final PrintWriter out;
  private int calls;

  DemoTable(PrintWriter out) {
    this.out = out;
  }

  /**
   * A row of the table: one call.
   *
   * @param caller who called, in words
   * @param method the method's name without its service
   * @param decision allowed, refused or ended
   * @param reason the rule that allowed it, or why not
   * @param check the server's time for the check; empty for a call that had been checked before
   * @param stsCalls requests to STS so far
   */
  record Row(
      String caller,
      String method,
      String decision,
      String reason,
      Optional<Duration> check,
      long stsCalls) {}

  void printHeader() {
    out.printf(ROW, "caller", "method", "decision", "rule or reason", "check", "STS");
    out.printf(
        ROW,
        "-".repeat(24),
        "-".repeat(6),
        "-".repeat(8),
        "-".repeat(24),
        "-".repeat(9),
        "-".repeat(3));
  }

  void print(Row row) {
    if (row.check().isPresent()) {
      calls++;
    }
    out.printf(
        ROW,
        row.caller(),
        row.method(),
        row.decision(),
        row.reason(),
        row.check().map(DemoTable::milliseconds).orElse(""),
        row.stsCalls());
    out.flush();
  }

  /** How many calls the rows are about: the end of a call is not another one. */
  int calls() {
    return calls;
  }

  private static String milliseconds(Duration check) {
    return String.format(Locale.ROOT, "%.2f ms", check.toNanos() / 1e6);
  }
}
