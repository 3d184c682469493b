package dev.rolecall.client;

import dev.rolecall.client.ProofUnavailableException.Kind;
import io.grpc.Status;
import java.util.Map;

/** The status of a call that gets no proof: chosen here and nowhere else on this side. */
final class CallStatus {

  private static final Map<Kind, Status> STATUSES =
      Map.of(
          Kind.PASSING, Status.UNAVAILABLE,
          Kind.LASTING, Status.UNAUTHENTICATED,
          Kind.DEFECT, Status.INTERNAL);

  private CallStatus() {}

  /** The connection would show the proof to anyone who reads the wire. */
  static Status plaintext() {
    return of(
        new ProofUnavailableException(
            Kind.LASTING,
            "the caller proof is not sent over a connection without transport security: use TLS, or"
                + " allowPlaintext() on a network that is trusted"));
  }

  /** The status of a call that has no proof, for now or for good. */
  static Status of(Throwable failure) {
    ProofUnavailableException unavailable =
        failure instanceof ProofUnavailableException known ? known : ProofFailure.defect(failure);
    return STATUSES
        .getOrDefault(unavailable.kind(), Status.INTERNAL)
        .withDescription(unavailable.getMessage())
        // What tells it apart from a refusal by the server. It holds no secret, and no cause.
        .withCause(unavailable);
  }
}
