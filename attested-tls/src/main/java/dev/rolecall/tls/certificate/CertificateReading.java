package dev.rolecall.tls.certificate;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** The result of reading a certificate. */
public sealed interface CertificateReading {

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<AttestedCertificate, T> wellFormed, Function<Malformed, T> malformed) {
    if (this instanceof WellFormed read) {
      return wellFormed.apply(read.certificate);
    }
    if (this instanceof Malformed other) {
      return malformed.apply(other);
    }
    throw new AssertionError();
  }

  /**
   * An attested certificate. Nothing in it has been verified.
   *
   * @param certificate its content
   */
  record WellFormed(AttestedCertificate certificate) implements CertificateReading {
    /** Checks that nothing is absent. */
    public WellFormed {
      requireNonNull(certificate, "certificate");
    }
  }

  /**
   * Not an attested certificate.
   *
   * @param rule the rule it breaks, in words fixed by this package: it never holds a part of the
   *     certificate, so it may be logged
   */
  record Malformed(String rule) implements CertificateReading {
    /** Checks that nothing is absent. */
    public Malformed {
      requireNonNull(rule, "rule");
    }
  }
}
