package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.cli.Rolecall;
import dev.rolecall.stsemulator.EmulatedCredentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code rolecall} as a process of its own, as a user's shell runs it. */
public final class RolecallCommand implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private RolecallCommand(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** The command, to be run to its end. */
  static Program program(String... arguments) {
    return Program.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Rolecall.class.getName())
        .and(arguments);
  }

  /** A bearer proof of that role for the audience {@code orders}, as {@code token} prints it. */
  public static String token(EmulatedCredentials signer, String sts) {
    return program("token", "--audience", "orders", "--sts", sts)
        .signingAs(signer)
        .run()
        .orElseThrow()
        .goodOutput();
  }

  /** The command, running until it is told to stop; what it says of errors goes to that file. */
  public static RolecallCommand start(Path errors, List<String> arguments) throws IOException {
    return start(errors, program(arguments.toArray(String[]::new)));
  }

  /** The same of a command with an environment of its own. */
  static RolecallCommand start(Path errors, Program command) throws IOException {
    return new RolecallCommand(command.builder().redirectError(errors.toFile()).start());
  }

  /** The next line it prints. */
  public String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("the process printed nothing more");
    }
    return line;
  }

  /**
   * Sends it a signal of that name, such as {@code STOP}. A process that was stopped so must be
   * continued before it is closed.
   */
  public void signal(String name) throws IOException, InterruptedException {
    Process sent =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    if (sent.waitFor() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }

  /** Kills it, as a crash would, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }

  /** Tells it to stop, as a service manager would, and waits for its end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the process did not stop within two minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
