package dev.rolecall.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Makes gRPC methods whose messages are texts in UTF-8. */
public final class TextMethod {

  private TextMethod() {}

  /** A method of that service, registered for tracing as generated code does it. */
  public static MethodDescriptor<String, String> of(String service, String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder(new Utf8(), new Utf8())
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .setSampledToLocalTracing(true)
        .build();
  }

  private static final class Utf8 implements MethodDescriptor.Marshaller<String> {

    @Override
    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(UTF_8));
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
