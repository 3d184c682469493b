package dev.rolecall.cli.access.view;

import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.grants.v1.WhoAmIResponse;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A caller as the service knows it. */
public final class CallerView {

  private CallerView() {}

  /** Prints it. */
  public static void print(PrintWriter out, WhoAmIResponse answer, boolean isJson) {
    String time = Times.text(answer.hasServerTime(), answer.getServerTime());
    if (isJson) {
      JsonOutput.print(
          out,
          json -> {
            Names.write(json, "caller", answer.hasCaller(), answer.getCaller());
            json.writeBooleanField("admin", answer.getAdmin());
            json.writeBooleanField("enforcer", answer.getEnforcer());
            json.writeBooleanField("locked", answer.getLocked());
            json.writeStringField("serverTime", time);
          });
      return;
    }
    new Details(answer.getCaller().getPrincipal())
        .add("role id", answer.getCaller().getRoleId())
        .add("person", answer.getCaller().getPerson())
        .add(
            "also",
            Stream.of(
                    answer.getAdmin() ? "admin" : "",
                    answer.getEnforcer() ? "enforcer" : "",
                    answer.getLocked() ? "locked" : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", ")))
        .add("server time", time)
        .print(out);
  }
}
