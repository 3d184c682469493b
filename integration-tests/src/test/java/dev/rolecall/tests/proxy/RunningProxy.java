package dev.rolecall.tests.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.tests.judges.RolecallCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A relay or a checker, as a process of its own.
 *
 * @param port the port that it answers calls on
 * @param http the port of its keys
 */
record RunningProxy(RolecallCommand command, int port, int http) implements AutoCloseable {

  /** Starts one, which prints its address and then the URL of its keys. */
  static RunningProxy start(Path errors, List<String> arguments) throws IOException {
    RolecallCommand running = RolecallCommand.start(errors, arguments);
    String first = running.line();
    String second = running.line();
    assertThat(second).contains("http at http://127.0.0.1:");
    return new RunningProxy(running, port(first), port(second));
  }

  private static int port(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  @Override
  public void close() {
    command.close();
  }
}
