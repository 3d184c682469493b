package dev.rolecall.guard;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stands outside the guard and sees when a cancellation has gone through it. */
final class SeenCancels implements ServerInterceptor {

  private final Semaphore seen = new Semaphore(0);

  void await() {
    try {
      if (!seen.tryAcquire(2, TimeUnit.MINUTES)) {
        throw new AssertionError("no cancellation came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onCancel() {
        super.onCancel();
        seen.release();
      }
    };
  }
}
