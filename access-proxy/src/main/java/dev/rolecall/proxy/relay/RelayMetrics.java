package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.internal.metrics.SteadyHistogram;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The measurements of relayed calls. None can break a call: the instruments throw nothing. */
final class RelayMetrics {

  /** The labels of calls that no route was found for. */
  static final RouteLabels UNROUTED = new RouteLabels("none");

  /** The labels of calls that are answered here, such as those of the health service. */
  static final RouteLabels LOCAL = new RouteLabels("local");

  /** In seconds: the relay itself takes a part of a millisecond as a rule. */
  private static final List<Double> BUCKETS =
      List.of(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

  private final Instruments instruments;
  private final SteadyCounter calls;
  private final SteadyHistogram own;
  private final SteadyHistogram upstream;
  private final LongSupplier ticker;

  RelayMetrics(OpenTelemetry telemetry, LongSupplier ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    this.instruments = new Instruments(telemetry);
    this.calls =
        instruments.counter("rolecall.relay.calls", "calls that ended, by route and gRPC status");
    this.own =
        instruments.seconds(
            "rolecall.relay.own.duration",
            "time of a call in the relay and on the way to its client, without the upstream's",
            BUCKETS);
    this.upstream =
        instruments.seconds(
            "rolecall.relay.upstream.duration",
            "time of a call from its start at the upstream to the upstream's end of it");
  }

  /** Tells how many calls are open, until it is closed. */
  ObservableDoubleGauge open(DoubleSupplier calls) {
    return instruments.gauge(
        "rolecall.relay.open", "", "calls that are open now, unary ones and streams", calls);
  }

  /** Elapsed time in nanoseconds. */
  long now() {
    return ticker.getAsLong();
  }

  /** Traces the calls of one event loop, and counts those that are open. */
  ServerStreamTracer.Factory traces(OpenCalls open) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new CallTrace(RelayMetrics.this, open);
      }
    };
  }

  /**
   * A call has ended.
   *
   * @param upstreamNanos the time that the upstream took; negative if the call never got there
   */
  void ended(RouteLabels labels, Status.Code code, long nanos, long upstreamNanos) {
    calls.add(1, labels.with(code));
    if (upstreamNanos >= 0) {
      upstream.record(Duration.ofNanos(upstreamNanos), labels.route());
    }
    own.record(Duration.ofNanos(Math.max(0, nanos - Math.max(0, upstreamNanos))), labels.route());
  }
}
