package dev.rolecall.cli;

import dev.rolecall.cli.input.PemFile;
import dev.rolecall.identity.BindingHash;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** The first certificate of a PEM file. */
final class CertificateFile {

  private CertificateFile() {}

  /** The hash a proof is bound to on a connection that presents this certificate. */
  static BindingHash hash(String option, Path file) {
    return hash(PemFile.certificates(option, file).get(0));
  }

  /** The same of a certificate that was read already. */
  static BindingHash hash(X509Certificate certificate) {
    try {
      return BindingHash.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has its bytes", e);
    }
  }
}
