package dev.rolecall.cli.report;

import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import java.io.PrintWriter;
import java.util.List;

/** The report of a table of cases: those that failed, and how many passed. */
public final class CaseReport {

  private CaseReport() {}

  /** Prints a case that failed, for people. */
  @FunctionalInterface
  public interface Printed<T> {
    void print(PrintWriter out, T failed);
  }

  /**
   * Prints it.
   *
   * @param all how many cases there are
   * @param failed the results of those that failed
   * @return 0 if none failed, else 1
   */
  public static <T> int print(PrintWriter out, int all, List<T> failed, Printed<? super T> each) {
    failed.forEach(result -> each.print(out, result));
    out.printf(
        "%d %s: %d passed, %d failed%n",
        all, all == 1 ? "case" : "cases", all - failed.size(), failed.size());
    return status(failed);
  }

  /**
   * Prints it as JSON.
   *
   * @param all how many cases there are
   * @param failed the results of those that failed
   * @return 0 if none failed, else 1
   */
  public static <T> int printJson(
      PrintWriter out, int all, List<T> failed, JsonOutput.FieldsOf<? super T> fields) {
    JsonOutput.print(
        out,
        object -> {
          object.writeNumberField("passed", all - failed.size());
          object.writeNumberField("failed", failed.size());
          object.writeArrayFieldStart("failures");
          for (T result : failed) {
            object.writeStartObject();
            fields.write(object, result);
            object.writeEndObject();
          }
          object.writeEndArray();
        });
    return status(failed);
  }

  private static int status(List<?> failed) {
    return failed.isEmpty() ? ExitStatus.YES : ExitStatus.NO;
  }
}
