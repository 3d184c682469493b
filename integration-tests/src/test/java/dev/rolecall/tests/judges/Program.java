package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.secrets.OutputKind;
import dev.rolecall.tests.secrets.RunRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of this machine, run with none of the machine's own AWS settings. */
final class Program {

  private static final Path NOWHERE = Path.of("target", "no-such-file").toAbsolutePath();
  private static final int SECONDS = 300;
  private static final SecretsWatch SECRETS = new SecretsWatch(RunRecord.ofThisRun());

  private final List<String> command;
  private final Map<String, String> settings;
  private final String input;

  private Program(List<String> command, Map<String, String> settings, String input) {
    this.command = List.copyOf(command);
    this.settings = Map.copyOf(settings);
    this.input = input;
  }

  static Program of(String... command) {
    return new Program(List.of(command), Map.of(), "");
  }

  /** The same, with those arguments after the ones it has. */
  Program and(String... arguments) {
    List<String> more = new ArrayList<>(command);
    more.addAll(List.of(arguments));
    return new Program(more, settings, input);
  }

  /** The same, with those credentials in its environment, as AWS's own tools look for them. */
  Program signingAs(EmulatedCredentials signer) {
    SECRETS.addSecretsOf(signer);
    return with("AWS_ACCESS_KEY_ID", signer.accessKeyId())
        .with("AWS_SECRET_ACCESS_KEY", signer.secretAccessKey())
        .with("AWS_SESSION_TOKEN", signer.sessionToken().orElse(""));
  }

  /** The same, with that variable in its environment. */
  Program with(String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return new Program(command, more, input);
  }

  /** The same, with that text on its standard input. */
  Program reading(String text) {
    return new Program(command, settings, text);
  }

  /** Runs it to its end; empty where this machine has no such program. */
  Optional<Ended> run() {
    try {
      // Files, and not pipes: a program that hangs does not make its reader hang.
      Path output = Files.createTempFile("output", ".txt");
      Path errors = Files.createTempFile("errors", ".txt");
      try {
        return started(builder().redirectOutput(output.toFile()).redirectError(errors.toFile()))
            .map(process -> ended(process, output, errors));
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What starts it. */
  ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(Program::isOfTheMachine);
    builder.environment().put("AWS_CONFIG_FILE", NOWHERE.toString());
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", NOWHERE.toString());
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(settings);
    return builder;
  }

  /** Of its AWS, or of the proxy that leads out of it: all that is asked here is on loopback. */
  private static boolean isOfTheMachine(String name) {
    return name.startsWith("AWS_") || name.toLowerCase(Locale.ROOT).endsWith("_proxy");
  }

  private static Optional<Process> started(ProcessBuilder builder) {
    try {
      return Optional.of(builder.start());
    } catch (IOException e) {
      // There is no such program on the path.
      return Optional.empty();
    }
  }

  private Ended ended(Process process, Path output, Path errors) {
    try {
      feed(process);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
      Ended ended =
          new Ended(
              process.exitValue(), Files.readString(output).strip(), Files.readString(errors));
      SECRETS.addOutput(OutputKind.PROCESS, command.get(0), ended.errors());
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private void feed(Process process) {
    try (OutputStream standardInput = process.getOutputStream()) {
      standardInput.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // It has ended already, or closed its input: its status tells.
    }
  }

  /**
   * A program that has ended. Its output is a secret, and so is in no message.
   *
   * @param status its exit status
   * @param output what it printed
   * @param errors what it printed to standard error
   */
  record Ended(int status, String output, String errors) {

    /** The output of a program that went well. */
    String goodOutput() {
      assertThat(status).as("%s", errors).isZero();
      return output;
    }

    @Override
    public String toString() {
      return "Ended[" + status + ", ****]";
    }
  }
}
