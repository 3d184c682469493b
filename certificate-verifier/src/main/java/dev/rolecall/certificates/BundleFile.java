package dev.rolecall.certificates;

import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.identity.internal.PemCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The reader of files of certificates in PEM form. */
final class BundleFile {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_CERTIFICATES = 1_000;
  private static final String EXPECTED =
      " (expected: certificates in PEM form, 1 to " + MOST_CERTIFICATES + ")";

  private BundleFile() {}

  /**
   * The bytes of a file. Blocks on it.
   *
   * @throws IllegalArgumentException if it cannot be read, or is longer than 1 MiB
   */
  static byte[] bytes(Path file) {
    byte[] bytes;
    try {
      bytes = FileContent.bytes(file, MOST_BYTES);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": " + FileContent.unreadable("file", file, e) + EXPECTED, e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          file + ": more than " + MOST_BYTES + " bytes (expected: at most as many)");
    }
    return bytes;
  }

  /**
   * The certificates in it.
   *
   * @throws IllegalArgumentException if there is none, there are too many, one is malformed, or one
   *     is of no authority
   */
  static List<X509Certificate> certificates(Path file, byte[] bytes) {
    List<X509Certificate> certificates;
    try {
      certificates = PemCertificates.in(bytes).stream().distinct().toList();
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + ": no certificates" + EXPECTED, e);
    }
    if (certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES) {
      throw new IllegalArgumentException(
          file + ": " + certificates.size() + " certificates" + EXPECTED);
    }
    for (X509Certificate certificate : certificates) {
      check(file, certificate);
    }
    return certificates;
  }

  private static void check(Path file, X509Certificate certificate) {
    if (!AnchorLimits.maySign(certificate)) {
      throw refused(file, certificate, "of no authority", "CA certificates alone");
    }
    if (!AnchorLimits.canBeHeld(certificate)) {
      throw refused(
          file,
          certificate,
          "with name constraints, signed by another",
          "the certificate of the one that signed it, under which they are verified");
    }
  }

  private static IllegalArgumentException refused(
      Path file, X509Certificate certificate, String what, String expected) {
    return new IllegalArgumentException(
        file
            + ": a certificate "
            + what
            + ", with serial number "
            + certificate.getSerialNumber().toString(16)
            + " (expected: "
            + expected
            + ")");
  }
}
