package dev.rolecall.tls.certificate;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/** What came of reading a certificate. */
public sealed interface CertificateReading {

  /** Calls the function of the arm this is. */
  <T> T fold(Function<AttestedCertificate, T> wellFormed, Function<Malformed, T> malformed);

  /**
   * An attested certificate: nothing in it has been verified.
   *
   * @param certificate what it says
   */
  record WellFormed(AttestedCertificate certificate) implements CertificateReading {
    /** Checks that nothing is absent. */
    public WellFormed {
      requireNonNull(certificate, "certificate");
    }

    @Override
    public <T> T fold(
        Function<AttestedCertificate, T> wellFormed, Function<Malformed, T> malformed) {
      return wellFormed.apply(certificate);
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

    @Override
    public <T> T fold(
        Function<AttestedCertificate, T> wellFormed, Function<Malformed, T> malformed) {
      return malformed.apply(this);
    }
  }
}
