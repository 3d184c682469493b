package dev.rolecall.guard;

import dev.rolecall.access.CallRequest;
import dev.rolecall.access.CalledMethod;
import dev.rolecall.access.ConnectionMemo;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.scheme.Credential;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;

/** A call on its way to its handler. */
record IncomingCall<ReqT, RespT>(
    ServerCall<ReqT, RespT> call,
    Metadata headers,
    ServerCallHandler<ReqT, RespT> next,
    CalledMethod method,
    ConnectionMemo connection)
    implements CallRequest {

  @Override
  public CallOrigin origin() {
    return connection.origin().with(headers, MetadataHeaders.READER);
  }

  @Override
  public Credential credential() {
    return AuthorizationHeader.in(headers, connection);
  }

  /** The same, started after a wait. */
  IncomingCall<ReqT, RespT> startedLate(ServerCall<ReqT, RespT> late) {
    return new IncomingCall<>(late, headers, next, method, connection);
  }

  /** Names the method and nothing else: the headers have the credential. */
  @Override
  public String toString() {
    return "IncomingCall[" + method.label() + "]";
  }
}
