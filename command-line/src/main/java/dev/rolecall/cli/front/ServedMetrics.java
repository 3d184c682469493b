package dev.rolecall.cli.front;

import dev.rolecall.cli.failure.CommandFailure;
import io.opentelemetry.api.OpenTelemetry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Optional;

/** The metrics of a server, and the address at which Prometheus reads them, if there is one. */
public final class ServedMetrics implements AutoCloseable {

  private final OpenTelemetry telemetry;
  private final Optional<String> url;
  private final Runnable closing;

  private ServedMetrics(OpenTelemetry telemetry, Optional<String> url, Runnable closing) {
    this.telemetry = telemetry;
    this.url = url;
    this.closing = closing;
  }

  /** Nothing is counted. */
  static ServedMetrics none() {
    return new ServedMetrics(OpenTelemetry.noop(), Optional.empty(), () -> {});
  }

  /**
   * Serves them.
   *
   * @param host an address of this machine, or {@code 0.0.0.0} for all of them
   * @param port 0 for any free one
   * @throws CommandFailure if the port cannot be had
   */
  static ServedMetrics on(String host, int port) {
    PrometheusMetrics metrics = new PrometheusMetrics();
    HTTPServer server = started(host, port, metrics.registry());
    return new ServedMetrics(
        metrics.telemetry(),
        Optional.of("http://" + host + ":" + server.getPort() + "/metrics"),
        () -> {
          server.close();
          metrics.close();
        });
  }

  private static HTTPServer started(String host, int port, PrometheusRegistry registry) {
    try {
      return HTTPServer.builder().hostname(host).port(port).registry(registry).buildAndStart();
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          "--metrics-port: cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** What instruments are made with. */
  public OpenTelemetry telemetry() {
    return telemetry;
  }

  /** Where they are read; empty if nowhere. */
  public Optional<String> url() {
    return url;
  }

  @Override
  public void close() {
    closing.run();
  }
}
