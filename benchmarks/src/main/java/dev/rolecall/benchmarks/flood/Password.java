package dev.rolecall.benchmarks.flood;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.Echo;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Lets calls with one value of {@code authorization} in, and refuses all others at once. */
final class Password implements ServerInterceptor {

  private final String password;

  Password(String password) {
    this.password = requireNonNull(password, "password");
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    if (password.equals(headers.get(Echo.AUTHORIZATION))) {
      return next.startCall(call, headers);
    }
    call.close(Status.UNAUTHENTICATED, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /** What lets calls in. */
  CallCredentials credentials() {
    return new Authorization(() -> password);
  }
}
