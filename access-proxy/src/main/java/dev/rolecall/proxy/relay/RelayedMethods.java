package dev.rolecall.proxy.relay;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;

/** The descriptors of relayed methods: of any type, and with messages of bytes. */
final class RelayedMethods {

  private static final Marshaller<RelayedMessage> BYTES = new Bytes();

  private RelayedMethods() {}

  /**
   * A method of that name.
   *
   * @param labels the labels of its calls in metrics, which {@link CallTrace} reads
   */
  static MethodDescriptor<RelayedMessage, RelayedMessage> of(String fullName, RouteLabels labels) {
    return MethodDescriptor.newBuilder(BYTES, BYTES)
        .setType(MethodType.UNKNOWN)
        .setFullMethodName(fullName)
        .setSchemaDescriptor(labels)
        .build();
  }

  private static final class Bytes implements Marshaller<RelayedMessage> {

    @Override
    public InputStream stream(RelayedMessage message) {
      return message;
    }

    @Override
    public RelayedMessage parse(InputStream stream) {
      try {
        return RelayedMessage.from(stream);
      } catch (IOException e) {
        throw Status.INTERNAL
            .withDescription("a message could not be read")
            .withCause(e)
            .asRuntimeException();
      }
    }
  }
}
