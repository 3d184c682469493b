package dev.rolecall.cli.schema;

import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.policy.MethodPath;
import io.grpc.StatusRuntimeException;

/** A server did not tell its schema: another call than the one that the user asked for failed. */
public final class SchemaUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CallFailure failure;
  private final transient MethodPath method;

  SchemaUnavailableException(MethodPath method, StatusRuntimeException cause) {
    super("server reflection failed", cause);
    this.failure = CallFailure.of(cause);
    this.method = method;
  }

  /** How it failed. */
  public CallFailure failure() {
    return failure;
  }

  /** The method of the reflection service that was called. */
  public MethodPath method() {
    return method;
  }
}
