package dev.rolecall.identity.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of a PEM file's content, and the trust in them. */
public final class PemCertificates {

  private PemCertificates() {}

  /**
   * The certificates in that content, in order; there may be none.
   *
   * @throws CertificateException if it is malformed. Its message may quote the content
   */
  public static List<X509Certificate> in(byte[] content) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(content))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  /** Trust in those certificates alone. */
  public static TrustManagerFactory trustIn(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("authority-" + i, certificates.get(i));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }
}
