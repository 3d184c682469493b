package dev.rolecall.cli.proxy;

import dev.rolecall.cli.failure.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the port at which a proxy's keys, readiness and metrics are read. */
public final class HttpOptions {

  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Also serve over HTTP on this port of 127.0.0.1, 0 for any free one: the keys of tokens at"
              + " /.well-known/jwks.json, /healthz, /readyz, and /metrics for Prometheus. Default:"
              + " none.")
  @Nullable Integer port;

  @Option(
      names = "--expose-http-to-network",
      description =
          "Serve that on all interfaces, to all who reach the port: metrics name methods and rules"
              + " of the policy, and nothing asks who reads them.")
  boolean exposed;

  /**
   * Begins to serve it, where that was asked for.
   *
   * @throws CommandFailure if the port cannot be had
   */
  public ProxyHttp serving() {
    requireConsistent();
    return port == null ? ProxyHttp.none() : ProxyHttp.on(exposed ? "0.0.0.0" : "127.0.0.1", port);
  }

  /**
   * Checks the options.
   *
   * @throws CommandFailure if they contradict each other, or the port is none
   */
  void requireConsistent() {
    if (port == null && exposed) {
      throw new CommandFailure("--expose-http-to-network: only with --http-port");
    }
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw new CommandFailure("--http-port: " + port + " (expected: 0 to " + MAX_PORT + ")");
    }
  }
}
