package dev.rolecall.tests.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.testsupport.Termination;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@code moto_server}. */
final class MotoServer implements AutoCloseable {

  /** The command, where it is not on the path. */
  private static final String COMMAND = "rolecall.moto";

  static final String HOW_TO_GET_IT =
      "moto is not installed: pip install moto flask flask-cors, and name its moto_server by -D"
          + COMMAND
          + " where it is not on the path";

  private static final Pattern RUNNING =
      Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final URI endpoint;

  private MotoServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts one on a free port; empty where it is not installed, or not all of it. */
  static Optional<MotoServer> start() {
    ProcessBuilder command =
        new ProcessBuilder(
            System.getProperty(COMMAND, "moto_server"), "-H", "127.0.0.1", "-p", "0");
    Process process;
    try {
      process = command.redirectErrorStream(true).start();
    } catch (IOException e) {
      // There is no such program.
      return Optional.empty();
    }
    return endpointOf(process).map(endpoint -> new MotoServer(process, endpoint));
  }

  /** Where it says it is; empty if it ends instead. */
  private static Optional<URI> endpointOf(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))
        .lines()
        .map(RUNNING::matcher)
        .filter(Matcher::find)
        .map(running -> URI.create(running.group(1)))
        .findFirst();
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    Termination.of(process);
  }
}
