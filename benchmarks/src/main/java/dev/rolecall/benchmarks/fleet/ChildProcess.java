package dev.rolecall.benchmarks.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Another JVM, started from this one's own class path, that answers commands by {@link
 * ChildCommands}: a line in, a line out. It ends when it is closed, and when this process ends,
 * however that happens: its standard input ends then. For one thread.
 */
public final class ChildProcess implements AutoCloseable {

  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final PrintStream commands;
  private final BufferedReader answers;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.commands = new PrintStream(process.getOutputStream(), true, UTF_8);
    this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /**
   * Starts one.
   *
   * @param main its main class
   * @param jvmOptions such as {@code -Xmx256m}
   * @param arguments what its main method is given; other users of the machine can read them
   */
  public static ChildProcess start(Class<?> main, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(quiet());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ChildProcess(
        main.getSimpleName(), new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /** Newer JDKs warn on standard error of what Netty does; 17 does not know the options. */
  private static List<String> quiet() {
    return Runtime.version().feature() < 23
        ? List.of()
        : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  /**
   * Has it do something and waits, at most two minutes, for what it answers.
   *
   * @param command one line
   * @throws IOException if it failed, ended or did not answer; the message does not repeat the
   *     command, which may hold keys
   */
  public String ask(String command) throws IOException, InterruptedException {
    commands.println(requireNonNull(command, "command"));
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(line), "answers of " + name);
    reader.setDaemon(true);
    reader.start();
    try {
      String answer = line.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.startsWith(ChildCommands.OK)) {
        return answer.substring(ChildCommands.OK.length());
      }
      throw new IOException(name + ": " + answer);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException(name + " did not answer", e);
    }
  }

  private void read(CompletableFuture<String> line) {
    try {
      String answer = answers.readLine();
      line.complete(answer != null ? answer : "ended");
    } catch (IOException e) {
      line.completeExceptionally(e);
    }
  }

  /** The number by which the system knows it. */
  public long pid() {
    return process.pid();
  }

  /** Kills it, as a crash would, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(name + " did not end");
    }
  }

  /** Ends it, by force where it does not end by itself. */
  @Override
  public void close() {
    commands.close();
    try {
      if (process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
