package dev.rolecall.cli.console;

import dev.rolecall.cli.terminal.Paragraph;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A person's way in: the link that is printed, and the browser that is opened on one. */
final class Entrance implements AutoCloseable {

  private final RunningConsole console;
  private final PrintWriter out;
  private volatile @Nullable LinkFile file;

  Entrance(RunningConsole console, PrintWriter out) {
    this.console = console;
    this.out = out;
  }

  /** Prints a link. */
  void print() {
    out.println("console on " + console.newLink());
    out.flush();
  }

  /** Opens another link in that browser, or says why it could not. */
  void openIn(Browser browser) {
    LinkFile made = LinkFile.to(console.newLink());
    file = made;
    browser
        .open(made.file())
        .ifPresent(
            whyNot -> {
              out.println(
                  Paragraph.advice(
                      "no browser was opened: "
                          + whyNot
                          + ". Open the link that is printed above"));
              out.flush();
            });
  }

  /** Deletes the file that the browser was opened on. May be asked by another thread, and twice. */
  void forget() {
    LinkFile made = file;
    if (made != null) {
      made.close();
    }
  }

  @Override
  public void close() {
    forget();
  }
}
