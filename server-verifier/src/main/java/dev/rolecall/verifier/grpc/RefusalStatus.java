package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.RefusalReason;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * What the peer is told. The one place that chooses a status code on the server's side.
 *
 * @see <a href="https://google.aip.dev/193">AIP-193, errors</a>
 */
final class RefusalStatus {

  static final String DOMAIN = "rolecall.dev";

  private RefusalStatus() {}

  /** Closes a call that was never handed to its handler. */
  static void close(ServerCall<?, ?> call, Refusal refusal) {
    call.close(status(refusal), trailers(refusal));
  }

  /** The code of its reason, with the reason's fixed description. */
  static Status status(Refusal refusal) {
    return code(refusal.reason()).toStatus().withDescription(refusal.reason().description());
  }

  /** The details: ErrorInfo, and RetryInfo where a time is known. A new object each time. */
  static Metadata trailers(Refusal refusal) {
    StatusDetails.ErrorInfo info =
        new StatusDetails.ErrorInfo(refusal.reason().name(), DOMAIN, refusal.help());
    Metadata trailers = new Metadata();
    trailers.put(StatusDetails.KEY, StatusDetails.of(status(refusal), info, refusal.retryAfter()));
    return trailers;
  }

  private static Status.Code code(RefusalReason reason) {
    return switch (reason) {
      case PROOF_MISSING,
          PROOF_MALFORMED,
          ENDPOINT_NOT_ALLOWED,
          AUDIENCE_MISMATCH,
          BINDING_REQUIRED,
          CHANNEL_MISMATCH,
          KEY_MISMATCH,
          ATTESTATION_INVALID,
          PROOF_EXPIRED,
          PROOF_NOT_YET_VALID,
          STS_REFUSED ->
          Status.Code.UNAUTHENTICATED;
      // STS says who they are: a known caller that is not let in.
      case CALLER_NOT_A_ROLE, ACCOUNT_NOT_TRUSTED, METHOD_NOT_ALLOWED ->
          Status.Code.PERMISSION_DENIED;
      case STS_UNAVAILABLE, STS_ANSWER_INVALID -> Status.Code.UNAVAILABLE;
      case TOO_MANY_PROOFS -> Status.Code.RESOURCE_EXHAUSTED;
      case VERIFIER_DEFECT -> Status.Code.INTERNAL;
    };
  }
}
