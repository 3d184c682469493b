package dev.rolecall.cli.front;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of a process, kept for Prometheus to read. */
public final class PrometheusMetrics implements AutoCloseable {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final OpenTelemetrySdk sdk;

  /** Metrics from now on. */
  public PrometheusMetrics() {
    PrometheusMetricReader reader = PrometheusMetricReader.create();
    registry.register(reader);
    this.sdk =
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();
  }

  /** What instruments are made with. */
  public OpenTelemetry telemetry() {
    return sdk;
  }

  /** The registry that an HTTP handler reads. */
  public PrometheusRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    sdk.close();
  }
}
