package dev.rolecall.cli.doctor;

import dev.rolecall.cli.failure.CallFailure;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/**
 * A call that brings no message. A guard decides on it as on any other call, but grpc-java never
 * runs the handler of a unary method for it.
 */
final class ProbeCall {

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private final Channel channel;
  private final String method;

  ProbeCall(Channel channel, String method) {
    this.channel = channel;
    this.method = method;
  }

  /** Makes it and waits for its end, which the options' deadline bounds. */
  CallFailure end(CallOptions options) {
    CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(method)
                .build(),
            options);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status.asRuntimeException(trailers));
          }
        },
        new Metadata());
    call.request(Integer.MAX_VALUE);
    call.halfClose();
    return CallFailure.of(end.join());
  }
}
