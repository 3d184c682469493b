package dev.rolecall.cli.server;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.input.PemFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The client certificates that a server's TLS takes: those of some authorities. */
public final class TrustedClients {

  private TrustedClients() {}

  /**
   * Trust managers for those authorities, as their files are now.
   *
   * @param bundles files of certificates, PEM
   * @throws CommandFailure if one cannot be read or has no certificate
   */
  public static TrustManager[] of(List<Path> bundles) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (Path bundle : bundles) {
        for (X509Certificate certificate : PemFile.certificates("--client-ca", bundle)) {
          store.setCertificateEntry("authority-" + number++, certificate);
        }
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java platform has no trust store", e);
    }
  }
}
