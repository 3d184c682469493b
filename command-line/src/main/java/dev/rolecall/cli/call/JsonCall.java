package dev.rolecall.cli.call;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.util.function.Consumer;

/**
 * One call of one method, its request and its answers in protobuf's JSON form.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
final class JsonCall {

  private final MethodDescriptor method;
  private final DynamicMessage request;

  /**
   * A call to be.
   *
   * @throws CommandFailure if the JSON is no request of that method
   */
  JsonCall(MethodDescriptor method, String json) {
    this.method = method;
    DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
    try {
      JsonFormat.parser().merge(json, message);
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFailure(
          "the request is no " + method.getInputType().getFullName() + ": " + words(e), e);
    }
    this.request = message.build();
  }

  private static String words(InvalidProtocolBufferException failure) {
    String words = IoWords.plain(String.valueOf(failure.getMessage()));
    // Gson's advice is for programmers.
    return words.replaceFirst(
        "^Use JsonReader\\.set\\S+ to accept malformed JSON", "malformed JSON");
  }

  /**
   * Sends the request as the only one, and waits for the end.
   *
   * @param answers given each answer, one line of JSON
   * @throws io.grpc.StatusRuntimeException if the call fails
   */
  void send(Channel channel, CallOptions options, Consumer<String> answers) {
    ClientCalls.blockingServerStreamingCall(channel, described(), options, request)
        .forEachRemaining(answer -> answers.accept(json(answer)));
  }

  private io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> described() {
    return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setType(type())
        .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
        .setRequestMarshaller(of(method.getInputType()))
        .setResponseMarshaller(of(method.getOutputType()))
        .build();
  }

  private MethodType type() {
    if (method.isClientStreaming()) {
      return MethodType.BIDI_STREAMING;
    }
    return method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
  }

  private static Marshaller<DynamicMessage> of(Descriptor type) {
    return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
  }

  private static String json(DynamicMessage answer) {
    try {
      return JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .includingDefaultValueFields()
          .print(answer);
    } catch (InvalidProtocolBufferException e) {
      // An Any of a type that the schema does not know.
      throw new CommandFailure("the answer cannot be written as JSON: " + words(e), e);
    }
  }
}
