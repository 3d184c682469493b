package dev.rolecall.proxy.envoy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rolecall.proxy.envoy.v3.AuthorizationGrpc;
import dev.rolecall.proxy.internal.check.Check;
import dev.rolecall.proxy.internal.check.CheckReader;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The method {@code envoy.service.auth.v3.Authorization/Check}, whose answers are bytes already.
 */
final class CheckMethod {

  /** Stands for a request that cannot be read, compared by identity: it is denied, not failed. */
  private static final Check UNREADABLE = unreadable();

  /** The method as the server has it. */
  static final MethodDescriptor<Check, CheckAnswer> METHOD =
      AuthorizationGrpc.getCheckMethod().toBuilder(new Requests(), new Answers()).build();

  private CheckMethod() {}

  private static Check unreadable() {
    try {
      return CheckReader.read(new byte[0]);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a request could not be read. */
  @SuppressWarnings("ReferenceEquality") // an empty request equals it
  static boolean isUnreadable(Check request) {
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

  private static final class Requests implements MethodDescriptor.Marshaller<Check> {

    @Override
    public InputStream stream(Check request) {
      throw new UnsupportedOperationException("the server reads requests, and writes none");
    }

    @Override
    public Check parse(InputStream stream) {
      try {
        return CheckReader.read(bytes(stream));
      } catch (IOException | StatusRuntimeException e) {
        return UNREADABLE;
      }
    }

    private static byte[] bytes(InputStream stream) throws IOException {
      if (!(stream instanceof KnownLength)) {
        return stream.readAllBytes();
      }
      byte[] bytes = new byte[stream.available()];
      int read = stream.readNBytes(bytes, 0, bytes.length);
      return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
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
