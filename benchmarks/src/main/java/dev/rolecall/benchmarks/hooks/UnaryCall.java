package dev.rolecall.benchmarks.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A unary call that goes nowhere: what an interceptor and a handler do with it is all it costs. */
final class UnaryCall extends ServerCall<String, String> {

  static final MethodDescriptor<String, String> METHOD =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("orders.v1.Orders/Get")
          .setRequestMarshaller(new Text())
          .setResponseMarshaller(new Text())
          .setSampledToLocalTracing(true)
          .build();

  private final Attributes connection;
  private int operations;

  /**
   * A call.
   *
   * @param connection the same object for all calls of a connection, as gRPC has it
   */
  UnaryCall(Attributes connection) {
    this.connection = connection;
  }

  /** How much the handler did. */
  int operations() {
    return operations;
  }

  /** A handler that makes the operations that generated code makes for a unary method. */
  static Listener<String> answer(ServerCall<String, String> call, Metadata headers) {
    call.request(2);
    return new Listener<>() {
      @Override
      public void onHalfClose() {
        call.sendHeaders(new Metadata());
        call.sendMessage("response");
        call.close(Status.OK, new Metadata());
      }
    };
  }

  @Override
  public void request(int numMessages) {
    operations++;
  }

  @Override
  public void sendHeaders(Metadata headers) {
    operations++;
  }

  @Override
  public void sendMessage(String message) {
    operations++;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    operations++;
  }

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
    return METHOD;
  }

  /** For a message that is never written. */
  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      return "";
    }
  }
}
