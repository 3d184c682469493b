package dev.rolecall.cli.connect;

import dev.rolecall.cli.input.PemFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of a PEM file, each of them trusted. Two of one subject count both, as where an
 * authority's key is being replaced; gRPC's own reader keeps the last.
 */
final class TrustedCertificates {

  private TrustedCertificates() {}

  static TrustManager[] in(String option, Path file) {
    List<X509Certificate> certificates = PemFile.certificates(option, file);
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), certificates.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("every JDK can trust certificates it has read", e);
    }
  }
}
