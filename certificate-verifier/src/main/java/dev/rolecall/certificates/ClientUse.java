package dev.rolecall.certificates;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The uses of a certificate's key: that of a client, and of no authority.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3">RFC 5280, sections 4.2.1.3,
 *     4.2.1.9 and 4.2.1.12</a>
 */
final class ClientUse {

  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final String ANY = "2.5.29.37.0";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int CERTIFICATE_SIGN = 5;
  private static final int CRL_SIGN = 6;

  private ClientUse() {}

  /**
   * Whether the extended uses of its key include that of a client; of an authority, that of clients
   * it certifies. An authority for servers alone makes no clients.
   */
  static boolean isAllowedBy(X509Certificate certificate) throws CertificateParsingException {
    List<String> extended = certificate.getExtendedKeyUsage();
    return extended == null || extended.contains(CLIENT_AUTHENTICATION) || extended.contains(ANY);
  }

  /** Whether a client may prove itself by that certificate. */
  static boolean isOf(X509Certificate certificate) throws CertificateParsingException {
    boolean ofClient = isAllowedBy(certificate);
    boolean[] use = certificate.getKeyUsage();
    boolean signs =
        use == null || (use[DIGITAL_SIGNATURE] && !use[CERTIFICATE_SIGN] && !use[CRL_SIGN]);
    return ofClient && signs && certificate.getBasicConstraints() < 0;
  }
}
