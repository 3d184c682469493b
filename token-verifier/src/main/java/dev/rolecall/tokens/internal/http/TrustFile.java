package dev.rolecall.tokens.internal.http;

import dev.rolecall.identity.internal.FileContent;
import dev.rolecall.identity.internal.PemCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The reader of a PEM file of certificate authorities. */
public final class TrustFile {

  private static final int MOST_BYTES = 1 << 20;

  private TrustFile() {}

  /**
   * TLS that trusts the certificates of that file alone. Blocks on the file.
   *
   * @throws IllegalArgumentException if the file cannot be read or has no certificate
   */
  public static SSLContext context(Path file) {
    try {
      byte[] pem = FileContent.bytes(file, MOST_BYTES);
      if (pem.length > MOST_BYTES) {
        throw invalid(file, "longer than 1 MiB", null);
      }
      List<X509Certificate> certificates = PemCertificates.in(pem);
      if (certificates.isEmpty()) {
        throw invalid(file, "no certificate", null);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, PemCertificates.trustIn(certificates).getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw invalid(file, "unreadable", e);
    } catch (GeneralSecurityException e) {
      throw invalid(file, "not a file of certificates", e);
    }
  }

  private static IllegalArgumentException invalid(
      Path file, String what, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "file of certificate authorities: "
            + file
            + ": "
            + what
            + " (expected: certificates in PEM)",
        cause);
  }
}
