package dev.rolecall.proxy.relay;

import static java.util.Objects.requireNonNull;

import io.grpc.Context;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The times of one call, from its headers to its last byte: whether it was relayed, refused or
 * cancelled. gRPC tells it of the end exactly once.
 */
final class CallTrace extends ServerStreamTracer {

  private static final Context.Key<CallTrace> KEY = Context.key("rolecall-relay-trace");

  private static final long NEVER = Long.MIN_VALUE;

  private final RelayMetrics metrics;
  private final OpenCalls open;
  private final long began;
  private volatile RouteLabels labels = RelayMetrics.LOCAL;
  private volatile long upstreamBegan = NEVER;
  private volatile long upstreamEnded = NEVER;

  /**
   * The trace of a call that has come in just now.
   *
   * @param open counts it while it is open, unless it is answered here
   */
  CallTrace(RelayMetrics metrics, OpenCalls open) {
    this.metrics = requireNonNull(metrics, "metrics");
    this.open = requireNonNull(open, "open");
    this.began = metrics.now();
  }

  /** The trace of the call that this thread works for. */
  static CallTrace current() {
    @Nullable CallTrace trace = KEY.get();
    return requireNonNull(trace, "trace");
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> call) {
    if (call.getMethodDescriptor().getSchemaDescriptor() instanceof RouteLabels ofRoute) {
      labels = ofRoute;
      open.began();
    }
  }

  /** The call goes to its upstream now. */
  void upstreamBegins() {
    upstreamBegan = metrics.now();
  }

  /** The upstream has ended the call now. */
  void upstreamEnds() {
    upstreamEnded = metrics.now();
  }

  @Override
  public void streamClosed(Status status) {
    long now = metrics.now();
    long upstream = upstreamBegan;
    long until = upstreamEnded == NEVER ? now : upstreamEnded;
    metrics.ended(labels, status.getCode(), now - began, upstream == NEVER ? -1 : until - upstream);
    if (labels != RelayMetrics.LOCAL) {
      open.ended();
    }
  }
}
