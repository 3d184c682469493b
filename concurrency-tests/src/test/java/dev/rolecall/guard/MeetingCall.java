package dev.rolecall.guard;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport's call, which notes whether a close meets an operation, and how often it closes. */
final class MeetingCall extends ServerCall<String, String> {

  private static final MethodDescriptor.Marshaller<String> TEXT =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
          return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public String parse(InputStream stream) {
          return "";
        }
      };

  static final MethodDescriptor<String, String> METHOD =
      MethodDescriptor.<String, String>newBuilder(TEXT, TEXT)
          .setFullMethodName("test.v1.Echo/Bidi")
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .build();

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private volatile int collisions;

  int closes() {
    return closes.get();
  }

  int collisions() {
    return collisions;
  }

  @Override
  public void sendMessage(String message) {
    if (inside.getAndIncrement() != 0 || closes.get() != 0) {
      collisions = 1;
    }
    inside.decrementAndGet();
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (inside.getAndIncrement() != 0) {
      collisions = 1;
    }
    closes.incrementAndGet();
    inside.decrementAndGet();
  }

  @Override
  public void request(int numMessages) {}

  @Override
  public void sendHeaders(Metadata headers) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public MethodDescriptor<String, String> getMethodDescriptor() {
    return METHOD;
  }
}
