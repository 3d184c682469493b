package dev.rolecall.cli.options;

import dev.rolecall.cli.failure.CommandFailure;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that bounds each call of a command. */
public final class TimeoutOption {

  @Option(
      names = "--timeout",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description = "How long each call may take. Default: ${DEFAULT-VALUE}.")
  int seconds;

  /**
   * How long each call may take.
   *
   * @throws CommandFailure if that is no time
   */
  public Duration time() {
    if (seconds < 1) {
      throw new CommandFailure("--timeout: " + seconds + " (expected: at least 1 second)");
    }
    return Duration.ofSeconds(seconds);
  }
}
