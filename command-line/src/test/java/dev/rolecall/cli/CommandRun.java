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

  /** The output without the breaks of its paragraphs. */
  public String outUnbroken() {
    return unbroken(out);
  }

  /** The complaints without the breaks of their paragraphs. */
  public String errUnbroken() {
    return unbroken(err);
  }

  /** The text with each paragraph of {@link dev.rolecall.cli.terminal.Paragraph} on one line. */
  private static String unbroken(String text) {
    return text.replaceAll("( \\\\)?\\R {4,}+(?!-> )", " ");
  }
}
