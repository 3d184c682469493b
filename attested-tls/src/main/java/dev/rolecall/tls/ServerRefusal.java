package dev.rolecall.tls;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RolePattern;
import dev.rolecall.verifier.Verification;
import io.grpc.Status;
import java.util.List;

/**
 * The status of a call that is not sent because of its server, or of this end's own attestation:
 * chosen here and nowhere else on this side.
 */
final class ServerRefusal {

  private ServerRefusal() {}

  /** STS says who the server is, and it is somebody else. */
  static Status otherRole(Caller server, List<RolePattern> expected) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server's role is " + server.role() + " (expected: " + expected + ")");
  }

  /** The server's attestation is not good. */
  static Status refused(RefusalReason reason) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server's attestation is refused: " + reason.name());
  }

  /** The server showed none, or not as it must. */
  static Status notAttested(String rule) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server is not attested (expected: " + rule + ")");
  }

  /** The server does not go by the name that was called. */
  static Status otherHost(String authority, List<String> names) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server's names are " + names + " (expected: that of " + authority + ")");
  }

  /** It could not be found out who the server is. */
  static Status unavailable(Verification.Unavailable unavailable) {
    Status status =
        unavailable.reason() == RefusalReason.VERIFIER_DEFECT
            ? Status.INTERNAL
            : Status.UNAVAILABLE;
    return status.withDescription(
        "the server's attestation could not be verified: " + unavailable.reason().name());
  }

  /** Every server would refuse this end's own attestation. */
  static Status ownLapsed() {
    return Status.UNAVAILABLE.withDescription(
        "this client's own attestation has lapsed and could not be renewed");
  }

  /** A defect of the check. Not the exception's words: it may have come from anywhere. */
  static Status defect(Throwable thrown) {
    return Status.INTERNAL.withDescription(
        "the server could not be checked: " + thrown.getClass().getName());
  }
}
