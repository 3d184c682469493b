package dev.rolecall.verifier.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;

/**
 * A call on its way to its handler.
 *
 * @param runByGrpc whether gRPC is on the stack, and with that sees what the handler's start throws
 */
record Arrival<ReqT, RespT>(
    ServerCall<ReqT, RespT> call,
    Metadata headers,
    ServerCallHandler<ReqT, RespT> next,
    CalledMethod method,
    ConnectionMemo connection,
    boolean runByGrpc) {

  /** The same, started after a wait. */
  Arrival<ReqT, RespT> startedLate(ServerCall<ReqT, RespT> late) {
    return new Arrival<>(late, headers, next, method, connection, false);
  }

  String peer() {
    return connection.peer();
  }
}
