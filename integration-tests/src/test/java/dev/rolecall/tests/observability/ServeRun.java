package dev.rolecall.tests.observability;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.rolecall.cli.Rolecall;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code rolecall serve}, run in this process on a thread of its own until it is closed. */
final class ServeRun implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final StringWriter errors = new StringWriter();
  private final Thread thread;

  private ServeRun(List<String> arguments) {
    this.thread =
        new Thread(
            () ->
                Rolecall.commandLine()
                    .setOut(new PrintWriter(new Lines(lines)))
                    .setErr(new PrintWriter(errors))
                    .execute(arguments.toArray(String[]::new)),
            "serve");
  }

  static ServeRun start(List<String> arguments) {
    ServeRun run = new ServeRun(arguments);
    run.thread.start();
    return run;
  }

  /** The next line it prints. */
  String line() throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, SECONDS);
    if (line == null) {
      throw new AssertionError("serve printed nothing more; its errors: " + errors);
    }
    return line;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new AssertionError("serve did not stop");
    }
  }

  /** Hands over each line when it is complete. */
  private static final class Lines extends Writer {

    private final BlockingQueue<String> lines;
    private final StringBuilder line = new StringBuilder();

    Lines(BlockingQueue<String> lines) {
      this.lines = lines;
    }

    @Override
    public void write(char[] text, int from, int length) {
      for (int i = from; i < from + length; i++) {
        if (text[i] == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append(text[i]);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
