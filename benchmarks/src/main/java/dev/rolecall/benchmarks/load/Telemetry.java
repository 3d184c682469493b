package dev.rolecall.benchmarks.load;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * OpenTelemetry's SDK, read every second, and a log of audit records: both written out in full, and
 * to nowhere. What a disk or a network adds is theirs, not the check's.
 */
final class Telemetry {

  private static final String AUDIT_LOGGER = "rolecall.audit";

  private final OpenTelemetrySdk sdk;

  /** Loggers are held weakly by the JDK; this one keeps its handler. */
  private final Logger audit;

  private Telemetry(OpenTelemetrySdk sdk, Logger audit) {
    this.sdk = sdk;
    this.audit = audit;
  }

  static Telemetry toNowhere() {
    Logger audit = Logger.getLogger(AUDIT_LOGGER);
    audit.setUseParentHandlers(false);
    audit.setLevel(Level.INFO);
    audit.addHandler(new StreamHandler(OutputStream.nullOutputStream(), new Lines()));
    PeriodicMetricReader reader =
        PeriodicMetricReader.builder(new Nowhere()).setInterval(Duration.ofSeconds(1)).build();
    return new Telemetry(
        OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build(),
        audit);
  }

  OpenTelemetry openTelemetry() {
    return sdk;
  }

  void close() {
    sdk.close();
    audit.setLevel(Level.OFF);
  }

  private static final class Lines extends Formatter {

    @Override
    public String format(LogRecord line) {
      return line.getMessage() + "\n";
    }
  }

  private static final class Nowhere implements MetricExporter {

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
      return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
