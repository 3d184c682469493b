package dev.rolecall.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of {@code rolecall} run as a process of its own, as a user's shell runs it. The command
 * line is on the class path of the test.
 */
public final class ServedProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  private ServedProcess(Process process) {
    this.process = process;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts it; what it says of errors is lost. */
  public static ServedProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    return start(Redirect.DISCARD, environment, arguments);
  }

  /** Starts it; what it says of errors goes to that file. */
  public static ServedProcess start(
      Path errors, Map<String, String> environment, String... arguments) throws IOException {
    return start(Redirect.to(errors.toFile()), environment, arguments);
  }

  private static ServedProcess start(
      Redirect errors, Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.rolecall.cli.Rolecall"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().putAll(environment);
    return new ServedProcess(builder.start());
  }

  /** The next line it prints. */
  public String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IllegalStateException("the process printed nothing more");
    }
    return line;
  }

  /** The process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Sends SIGTERM and waits for the end. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the process did not stop within two minutes");
    }
    return process.exitValue();
  }

  /** Waits for it to end by itself. */
  public int await() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the process did not end within two minutes");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
