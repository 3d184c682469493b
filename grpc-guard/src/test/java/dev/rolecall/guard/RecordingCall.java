package dev.rolecall.guard;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands for a transport's call: notes what gets through, and whether two operations ever met. */
class RecordingCall<ReqT, RespT> extends ServerCall<ReqT, RespT> {

  final List<String> operations = new CopyOnWriteArrayList<>();
  final AtomicInteger collisions = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  volatile boolean cancelled;

  private void operate(String operation) {
    if (busy.getAndIncrement() != 0) {
      collisions.incrementAndGet();
    }
    operations.add(operation);
    during(operation);
    busy.decrementAndGet();
  }

  /** Runs within each operation. */
  void during(String operation) {}

  @Override
  public void request(int numMessages) {
    operations.add("request " + numMessages);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    operate("headers");
  }

  @Override
  public void sendMessage(RespT message) {
    operate("message " + message);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    operate("close " + status.getCode());
  }

  @Override
  public void setCompression(String compressor) {
    operate("compression");
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    operate("message compression");
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public MethodDescriptor<ReqT, RespT> getMethodDescriptor() {
    throw new UnsupportedOperationException();
  }
}
