package dev.rolecall.cli.console.call;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.cli.console.answer.Failure;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;

/** Messages as JSON, by the mapping of proto3, with all fields. */
final class MessageJson {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().includingDefaultValueFields().omittingInsignificantWhitespace();

  private MessageJson() {}

  /**
   * Reads the request of a method.
   *
   * @throws FailedException if it is none
   */
  static <Q extends Message> Q request(MethodDescriptor<Q, ?> method, String json) {
    PrototypeMarshaller<Q> marshaller = (PrototypeMarshaller<Q>) method.getRequestMarshaller();
    Message.Builder request = marshaller.getMessagePrototype().newBuilderForType();
    try {
      JsonFormat.parser().merge(json, request);
    } catch (InvalidProtocolBufferException e) {
      throw new FailedException(Failure.wrong(String.valueOf(e.getMessage())), e);
    }
    return marshaller.getMessageClass().cast(request.build());
  }

  static String text(Message message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("only messages of type Any cannot be printed", e);
    }
  }
}
