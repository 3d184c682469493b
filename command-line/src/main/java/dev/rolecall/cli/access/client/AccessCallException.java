package dev.rolecall.cli.access.client;

import dev.rolecall.cli.failure.CallFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** A call of the access service that failed. */
public final class AccessCallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CallFailure failure;
  private final String method;

  AccessCallException(String fullMethodName, StatusRuntimeException cause) {
    super(fullMethodName, cause);
    this.method = fullMethodName;
    this.failure = CallFailure.of(cause);
  }

  /** What the client was told. */
  CallFailure failure() {
    return failure;
  }

  /** The method, without a slash before it. */
  String method() {
    return method;
  }

  /** Whether it says nothing about the request: the service may answer later. */
  public boolean isOutage() {
    Status.Code code = failure.status().getCode();
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }
}
