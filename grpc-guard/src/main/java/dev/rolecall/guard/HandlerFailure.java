package dev.rolecall.guard;

/**
 * What a handler's start threw, on its way through the guard to gRPC, which is to see it as it is
 * and closes the call. All else that is thrown on that way is a defect of the guard's.
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
