package dev.rolecall.cli.front;

import dev.rolecall.cli.failure.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say at which address a server's metrics can be read. */
public final class MetricsOptions {

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Also serve metrics, as Prometheus reads them, on this port of 127.0.0.1; 0 for any free"
              + " one. Default: none.")
  @Nullable Integer port;

  @Option(
      names = "--expose-metrics-to-network",
      description =
          "Serve the metrics on all interfaces, to all who reach the port: they name methods and"
              + " rules of the policy, and nothing asks who reads them.")
  boolean exposed;

  /**
   * Begins to serve metrics, where that was asked for.
   *
   * @throws CommandFailure if the port cannot be had
   */
  public ServedMetrics serving() {
    if (port == null) {
      if (exposed) {
        throw new CommandFailure("--expose-metrics-to-network: only with --metrics-port");
      }
      return ServedMetrics.none();
    }
    return ServedMetrics.on(exposed ? "0.0.0.0" : "127.0.0.1", port);
  }
}
