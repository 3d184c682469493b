package dev.rolecall.guard;

import dev.rolecall.testsupport.TextMethod;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;

/** A service whose messages are text, one method of each kind. */
final class TestService {

  static final String NAME = "test.v1.Echo";
  static final MethodDescriptor<String, String> UNARY =
      TextMethod.of(NAME, "Unary", MethodType.UNARY);
  static final MethodDescriptor<String, String> CLIENT =
      TextMethod.of(NAME, "Client", MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<String, String> SERVER =
      TextMethod.of(NAME, "Server", MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> BIDI =
      TextMethod.of(NAME, "Bidi", MethodType.BIDI_STREAMING);
  static final MethodDescriptor<String, String> OPEN =
      TextMethod.of(NAME, "Open", MethodType.BIDI_STREAMING);

  private TestService() {}

  static ServerServiceDefinition with(
      MethodDescriptor<String, String> method, ServerCallHandler<String, String> handler) {
    return ServerServiceDefinition.builder(NAME).addMethod(method, handler).build();
  }
}
