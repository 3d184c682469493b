package dev.rolecall.verifier.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A service whose messages are text, one method of each kind. */
final class TestService {

  static final String NAME = "test.v1.Echo";
  static final MethodDescriptor<String, String> UNARY = method("Unary", MethodType.UNARY);
  static final MethodDescriptor<String, String> CLIENT =
      method("Client", MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<String, String> SERVER =
      method("Server", MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> BIDI = method("Bidi", MethodType.BIDI_STREAMING);
  static final MethodDescriptor<String, String> OPEN = method("Open", MethodType.BIDI_STREAMING);

  private TestService() {}

  static ServerServiceDefinition with(
      MethodDescriptor<String, String> method, ServerCallHandler<String, String> handler) {
    return ServerServiceDefinition.builder(NAME).addMethod(method, handler).build();
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
        .setFullMethodName(NAME + "/" + name)
        .setType(type)
        .setSampledToLocalTracing(true)
        .build();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
