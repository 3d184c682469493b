package dev.rolecall.proxy.envoy;

import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.proxy.envoy.v3.CheckRequest;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import java.io.InputStream;

/**
 * The method {@code envoy.service.auth.v3.Authorization/Check}, whose answers are bytes already.
 */
final class CheckMethod {

  /** Stands for a request that cannot be read, compared by identity: it is denied, not failed. */
  private static final CheckRequest UNREADABLE = CheckRequest.newBuilder().build();

  /** The method as the server has it. */
  static final MethodDescriptor<CheckRequest, CheckAnswer> METHOD =
      AuthorizationGrpc.getCheckMethod().toBuilder(new Requests(), new Answers()).build();

  private CheckMethod() {}

  /** Whether a request could not be read. */
  @SuppressWarnings("ReferenceEquality") // an empty request equals it
  static boolean isUnreadable(CheckRequest request) {
    return request == UNREADABLE;
  }

  /** The service of those checks. */
  static ServerServiceDefinition serving(Checks checks) {
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(AuthorizationGrpc.SERVICE_NAME).addMethod(METHOD).build())
        .addMethod(
            METHOD,
            ServerCalls.asyncUnaryCall(
                (request, observer) ->
                    checks.check(request, (ServerCallStreamObserver<CheckAnswer>) observer)))
        .build();
  }

  private static final class Requests implements MethodDescriptor.Marshaller<CheckRequest> {

    private final MethodDescriptor.Marshaller<CheckRequest> messages =
        ProtoUtils.marshaller(CheckRequest.getDefaultInstance());

    @Override
    public InputStream stream(CheckRequest request) {
      return messages.stream(request);
    }

    @Override
    public CheckRequest parse(InputStream stream) {
      try {
        return messages.parse(stream);
      } catch (StatusRuntimeException e) {
        return UNREADABLE;
      }
    }
  }

  private static final class Answers implements MethodDescriptor.Marshaller<CheckAnswer> {

    @Override
    public InputStream stream(CheckAnswer answer) {
      return answer.stream();
    }

    @Override
    public CheckAnswer parse(InputStream stream) {
      throw new UnsupportedOperationException("the server writes answers, and reads none");
    }
  }
}
