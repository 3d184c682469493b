package dev.rolecall.cli.connect;

import dev.rolecall.cli.input.PemFile;
import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificates of a PEM file, each of them trusted. Two of one subject count both, as where an
 * authority's key is being replaced; gRPC's own reader keeps the last.
 */
public final class TrustedCertificates {

  private static final String OPTION = "--trust-cert";

  private TrustedCertificates() {}

  /**
   * TLS that trusts the certificates in that file alone; without a file, the platform's
   * authorities.
   */
  public static ChannelCredentials credentials(Optional<Path> file) {
    return file.map(TrustedCertificates::in)
        .map(trusted -> TlsChannelCredentials.newBuilder().trustManager(trusted).build())
        .orElseGet(TlsChannelCredentials::create);
  }

  private static TrustManager[] in(Path file) {
    List<X509Certificate> certificates = PemFile.certificates(OPTION, file);
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
