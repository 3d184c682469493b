package dev.rolecall.cli.input;

import dev.rolecall.identity.BindingHash;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** The first certificate of a PEM file. */
public final class CertificateFile {

  private CertificateFile() {}

  /** The hash a proof is bound to on a connection that presents this certificate. */
  public static BindingHash hash(String option, Path file) {
    return hash(PemFile.certificates(option, file).get(0));
  }

  /** The same of a certificate that was read already. */
  public static BindingHash hash(X509Certificate certificate) {
    try {
      return BindingHash.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has its bytes", e);
    }
  }
}
