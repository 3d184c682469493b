package dev.rolecall.benchmarks.fleet;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The service that is called: it sends each message back. Without stubs and without Protobuf, so
 * that a call costs as little as gRPC allows and a check shows as much as it can.
 */
public final class Echo {

  /** The service's full name. */
  public static final String SERVICE = "rolecall.benchmarks.Echo";

  /** The paths of all its methods, as a policy writes them. */
  public static final String ALL = "/" + SERVICE + "/*";

  /** The header of a caller's proof, or of a password in its place. */
  public static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** One message, one answer. */
  public static final MethodDescriptor<byte[], byte[]> SAY = method(MethodType.UNARY, "Say");

  /** An answer to every message. */
  public static final MethodDescriptor<byte[], byte[]> CHAT =
      method(MethodType.BIDI_STREAMING, "Chat");

  private Echo() {}

  /** The service, without state. */
  public static ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(SAY, handler())
        .addMethod(CHAT, handler())
        .build();
  }

  private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  private static ServerCallHandler<byte[], byte[]> handler() {
    return (call, headers) -> {
      call.request(1);
      return new ServerCall.Listener<>() {
        private boolean headersSent;

        @Override
        public void onMessage(byte[] message) {
          if (!headersSent) {
            call.sendHeaders(new Metadata());
            headersSent = true;
          }
          call.sendMessage(message);
          call.request(1);
        }

        @Override
        public void onHalfClose() {
          call.close(Status.OK, new Metadata());
        }
      };
    };
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        // All of a message is there. Without its length, 16 KiB would be allocated to look for its
        // end.
        return stream.readNBytes(stream.available());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
