package dev.rolecall.guard;

/**
 * The wrapper of a throwable that a handler's start threw, on its way through the guard. gRPC gets
 * the throwable unwrapped and closes the call. Anything else thrown on that way is a defect of the
 * guard.
 */
final class HandlerFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HandlerFailure(Throwable thrown) {
    super(null, thrown, false, false);
  }

  /** Throws what the handler threw. */
  RuntimeException rethrow() {
    if (getCause() instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) getCause();
  }
}
