package dev.rolecall.tokens.internal.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The reader of a PEM file of certificate authorities. */
public final class TrustFile {

  private static final long MOST_BYTES = 1 << 20;

  private TrustFile() {}

  /**
   * TLS that trusts the certificates of that file alone. Blocks on the file.
   *
   * @throws IllegalArgumentException if the file cannot be read or has no certificate
   */
  public static SSLContext context(Path file) {
    try (InputStream pem = new BufferedInputStream(Files.newInputStream(file))) {
      if (Files.size(file) > MOST_BYTES) {
        throw invalid(file, "longer than 1 MiB", null);
      }
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw invalid(file, "no certificate", null);
      }
      return context(certificates);
    } catch (IOException e) {
      throw invalid(file, "unreadable", e);
    } catch (GeneralSecurityException e) {
      throw invalid(file, "not a file of certificates", e);
    }
  }

  private static SSLContext context(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate each : certificates) {
      store.setCertificateEntry("ca-" + number++, each);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
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
