package dev.rolecall.tls;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.tls.certificate.AttestedCertificate;
import io.grpc.Status;
import java.util.List;

/**
 * The status of a call that is not sent because of its server, or of this end's attestation. No
 * other class on this side chooses one.
 */
final class ServerRefusal {

  private ServerRefusal() {}

  /** STS has confirmed the server's role, and it is not an expected one. */
  static Status otherRole(Caller server, List<RolePattern> expected) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server's role is " + server.principal().text() + " (expected: " + expected + ")");
  }

  /** The server's attestation is refused, or this client expects another audience or issuer. */
  static Status refused(RefusalReason reason, AttestedCertificate server) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server's attestation is refused: " + reason.name() + ": " + words(reason, server));
  }

  /** The parts of a certificate have passed the alphabets of their fields. */
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

  /** The server presented no attested certificate. */
  static Status notAttested(String rule) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server is not attested (expected: " + rule + ")");
  }

  /** The server does not have the host name that was called. */
  static Status otherHost(String authority, List<String> names) {
    return Status.UNAUTHENTICATED.withDescription(
        "the server's names are " + names + " (expected: that of " + authority + ")");
  }

  /** The server could not be identified. */
  static Status unavailable(Verification.Unavailable unavailable) {
    Status status =
        unavailable.reason() == RefusalReason.DEFECT ? Status.INTERNAL : Status.UNAVAILABLE;
    return status.withDescription(
        "the server's attestation could not be verified: " + unavailable.reason().name());
  }

  /** The channel's credentials are closed, and verify no server. */
  static Status closed() {
    return Status.UNAUTHENTICATED.withDescription(
        "the AttestedChannel of this channel's credentials is closed (expected: after the channel)");
  }

  /** This end's attestation has lapsed: every server would refuse it. */
  static Status ownLapsed() {
    return Status.UNAVAILABLE.withDescription(
        "this client's own attestation has lapsed and could not be renewed");
  }

  /** A defect of the check. The message of the exception may hold anything, so it is left out. */
  static Status defect(Throwable thrown) {
    return Status.INTERNAL.withDescription(
        "the server could not be checked: " + thrown.getClass().getName());
  }
}
