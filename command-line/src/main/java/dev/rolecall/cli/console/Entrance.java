package dev.rolecall.cli.console;

import dev.rolecall.cli.terminal.Paragraph;
import java.io.PrintWriter;
import java.util.Optional;
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

  /** Prints a link, and opens another in the browser if there is one. */
  void open(Optional<Browser> browser) {
    out.println("console on " + console.newLink());
    out.flush();
    browser
        .flatMap(this::opened)
        .ifPresent(
            whyNot -> {
              out.println(
                  Paragraph.advice(
                      "no browser was opened: " + whyNot + ". Open the link within a minute"));
              out.flush();
            });
  }

  private Optional<String> opened(Browser browser) {
    LinkFile made = LinkFile.to(console.newLink());
    file = made;
    return browser.open(made.file());
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
