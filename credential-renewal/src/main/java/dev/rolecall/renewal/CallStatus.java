package dev.rolecall.renewal;

import io.grpc.Status;

/** The status of a call that gets no credential: chosen here and nowhere else on this side. */
public final class CallStatus {

  private CallStatus() {}

  /**
   * The status that such a failure gives a call: UNAVAILABLE if it passes, UNAUTHENTICATED if it
   * lasts, INTERNAL for a defect and for an exception that is no {@link RenewalFailure}. Its
   * description is the message, but for a stranger's exception, whose message may hold a secret.
   */
  public static Status of(Throwable failure) {
    if (!(failure instanceof RenewalFailure known)) {
      return Status.INTERNAL.withDescription(
          "no credential for the call: " + failure.getClass().getName());
    }
    return code(known.kind())
        .withDescription(failure.getMessage())
        // What tells it apart from a refusal by the server. It holds no secret, and no cause.
        .withCause(failure);
  }

  private static Status code(RenewalFailure.Kind kind) {
    return switch (kind) {
      case PASSING -> Status.UNAVAILABLE;
      case LASTING -> Status.UNAUTHENTICATED;
      case DEFECT -> Status.INTERNAL;
    };
  }
}
