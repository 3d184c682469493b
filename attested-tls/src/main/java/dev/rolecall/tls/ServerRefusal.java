package dev.rolecall.tls;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.RolePattern;
import dev.rolecall.tls.certificate.AttestedCertificate;
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
        "the server's role is " + server.principal().text() + " (expected: " + expected + ")");
  }

  /** The server's attestation is not good, or this client was told to expect another. */
  static Status refused(RefusalReason reason, AttestedCertificate server) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server's attestation is refused: " + reason.name() + ": " + words(reason, server));
  }

  /** What a certificate says has passed the alphabets of its fields. */
  private static String words(RefusalReason reason, AttestedCertificate server) {
    return switch (reason) {
      case AUDIENCE_MISMATCH ->
          "it is for the audience "
              + server.proof().audience()
              + " (expected: that of AttestedTls.channel here and of AttestedTls.server there)";
      case ISSUER_NOT_ALLOWED ->
          "it is to be confirmed by "
              + server.proof().host().value()
              + ", which this client's verifier does not accept (expected: verifier(...) of"
              + " acceptCustomEndpoint(...) or acceptPartitions(...) here, or another endpoint there)";
      case CREDENTIAL_EXPIRED, CREDENTIAL_NOT_YET_VALID ->
          "it was signed at "
              + server.proof().signedAt()
              + " (expected: within 15 minutes; look at both clocks, and at the server's log)";
      case ISSUER_REFUSED ->
          "STS does not confirm it: the server's role session has ended, or is forged";
      case CALLER_KIND_NOT_ACCEPTED -> "the server runs as no IAM role";
      case ACCOUNT_NOT_TRUSTED ->
          "the server's account is none of those that this client's verifier trusts";
      default -> reason.description();
    };
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
        unavailable.reason() == RefusalReason.DEFECT ? Status.INTERNAL : Status.UNAVAILABLE;
    return status.withDescription(
        "the server's attestation could not be verified: " + unavailable.reason().name());
  }

  /** Nothing is verified any more. */
  static Status closed() {
    return Status.UNAUTHENTICATED.withDescription(
        "the AttestedChannel of this channel's credentials is closed (expected: after the channel)");
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
