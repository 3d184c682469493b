package dev.rolecall.benchmarks.scale;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how a server ended its calls: clients that try again do not show it. Attach it last, so
 * that it sees what the guard refuses.
 */
final class ClosedCalls implements ServerInterceptor {

  private final Map<Status.Code, LongAdder> byCode = new ConcurrentHashMap<>();

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            byCode.computeIfAbsent(status.getCode(), code -> new LongAdder()).increment();
            super.close(status, trailers);
          }
        },
        headers);
  }

  long with(Status.Code code) {
    LongAdder count = byCode.get(code);
    return count == null ? 0 : count.sum();
  }
}
