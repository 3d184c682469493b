package dev.rolecall.benchmarks.hooks;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/** A unary call whose end can be waited for, before anything is measured. */
final class AwaitedCall extends ServerCall<String, String> {

  private final Attributes connection;
  private final CompletableFuture<Status> closed = new CompletableFuture<>();

  AwaitedCall(Attributes connection) {
    this.connection = connection;
  }

  /** Waits for the end. */
  Status end() {
    return closed.join();
  }

  @Override
  public void close(Status status, Metadata trailers) {
    closed.complete(status);
  }

  @Override
  public void request(int numMessages) {}

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public void sendMessage(String message) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Attributes getAttributes() {
    return connection;
  }

  @Override
  public MethodDescriptor<String, String> getMethodDescriptor() {
    return UnaryCall.METHOD;
  }
}
