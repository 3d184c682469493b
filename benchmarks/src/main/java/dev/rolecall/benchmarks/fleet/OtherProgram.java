package dev.rolecall.benchmarks.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of a program that is not ours. It is killed when it is closed. For one thread. */
public final class OtherProgram implements AutoCloseable {

  private static final long MOST_SECONDS_TO_END = 10;

  private final Process process;

  private OtherProgram(Process process) {
    this.process = requireNonNull(process, "process");
  }

  /**
   * Starts one, and writes what it says of errors to that file.
   *
   * @param environment what is added to this process's own
   */
  public static OtherProgram start(
      List<String> command, Map<String, String> environment, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
    builder.environment().putAll(environment);
    return new OtherProgram(builder.start());
  }

  /**
   * The first line that it writes.
   *
   * @throws IOException if it ends without one
   */
  public String firstLine() throws IOException {
    // Not closed: that would end the program's output.
    String line =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
    if (line == null) {
      throw new IOException("the program ended (expected: a line)");
    }
    return line;
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The number by which the system knows it. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      var unused = process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
