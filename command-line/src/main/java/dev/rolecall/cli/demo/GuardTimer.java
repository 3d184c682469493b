package dev.rolecall.cli.demo;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Measures the time that a guard between two interceptors takes. It runs from a call's arrival to
 * the start of its handler, or to its refusal.
 */
final class GuardTimer {

  private static final Context.Key<Check> CHECK = Context.key("rolecall-check");

  private final LongSupplier ticker;
  private final LinkedBlockingQueue<Duration> measured = new LinkedBlockingQueue<>();

  /**
   * @param ticker elapsed nanoseconds
   */
  GuardTimer(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** What the next check took, in the order they ended; waits until one has. */
  Duration next() throws InterruptedException {
    Duration took = measured.poll(10, TimeUnit.SECONDS);
    if (took == null) {
      throw new IllegalStateException("no call has been checked");
    }
    return took;
  }

  /** Goes before the guard. */
  ServerInterceptor before() {
    return new ServerInterceptor() {
      @Override
      public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
          ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        Check check = new Check(ticker.getAsLong());
        return Contexts.interceptCall(
            Context.current().withValue(CHECK, check),
            new SimpleForwardingServerCall<ReqT, RespT>(call) {
              @Override
              public void close(Status status, Metadata trailers) {
                check.end();
                super.close(status, trailers);
              }
            },
            headers,
            next);
      }
    };
  }

  /** Goes after the guard. */
  ServerInterceptor after() {
    return new ServerInterceptor() {
      @Override
      public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
          ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
        CHECK.get().end();
        return next.startCall(call, headers);
      }
    };
  }

  private final class Check {
    private final long start;
    private final AtomicBoolean ended = new AtomicBoolean();

    Check(long start) {
      this.start = start;
    }

    void end() {
      if (ended.compareAndSet(false, true)) {
        measured.add(Duration.ofNanos(ticker.getAsLong() - start));
      }
    }
  }
}
