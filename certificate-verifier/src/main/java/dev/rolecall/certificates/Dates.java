package dev.rolecall.certificates;

import dev.rolecall.identity.RefusalReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** The time in which a certificate is good, both ends included. */
final class Dates {

  private Dates() {}

  /** Why the certificate is not good at that time; empty if it is. */
  static Optional<RefusalReason> refusal(X509Certificate certificate, Instant now) {
    if (now.isAfter(end(certificate))) {
      return Optional.of(RefusalReason.CREDENTIAL_EXPIRED);
    }
    return now.isBefore(certificate.getNotBefore().toInstant())
        ? Optional.of(RefusalReason.CREDENTIAL_NOT_YET_VALID)
        : Optional.empty();
  }

  /** The last instant at which the certificate is good. */
  static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }
}
