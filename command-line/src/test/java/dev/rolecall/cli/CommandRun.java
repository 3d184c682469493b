package dev.rolecall.cli;

import dev.rolecall.cli.terminal.Terminal;
import java.io.StringWriter;

/** One command run in this process: what it printed and how it ended. */
public record CommandRun(int status, String out, String err) {

  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Rolecall.run(Terminal.of(out, err), arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }
}
