package dev.rolecall.cli.schema;

import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.policy.MethodPath;
import io.grpc.StatusRuntimeException;

/**
 * A failure to get the schema of a server. The call that failed is another than the one the user
 * asked for.
 */
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
