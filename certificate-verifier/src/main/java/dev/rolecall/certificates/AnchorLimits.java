package dev.rolecall.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * The limits that an authority's own certificate states and the JDK does not hold: those of a trust
 * anchor, which RFC 5280 allows, and the extended uses of each authority's key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5937">RFC 5937, trust anchor constraints</a>
 */
final class AnchorLimits {

  private static final String NAME_CONSTRAINTS = "2.5.29.30";
  private static final int CERTIFICATE_SIGN = 5;

  private AnchorLimits() {}

  /** Whether its key may sign certificates. */
  static boolean maySign(X509Certificate anchor) {
    boolean[] use = anchor.getKeyUsage();
    return anchor.getBasicConstraints() >= 0 && (use == null || use[CERTIFICATE_SIGN]);
  }

  /**
   * Whether {@link #under} can hold its clients to the names that it states: only as a part of the
   * path, in which the JDK wants a signature that it can verify.
   */
  static boolean canBeHeld(X509Certificate anchor) {
    return !hasNameConstraints(anchor) || isSelfSigned(anchor);
  }

  /**
   * Whether there are no more authorities on the path than it allows below itself, and each of them
   * certifies clients.
   */
  static boolean hold(X509Certificate anchor, List<X509Certificate> path) {
    return path.size() - 1 <= anchor.getBasicConstraints()
        && Stream.concat(path.stream().skip(1), Stream.of(anchor))
            .allMatch(AnchorLimits::certifiesClients);
  }

  private static boolean certifiesClients(X509Certificate authority) {
    try {
      return ClientUse.isAllowedBy(authority);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  /** The path, with the anchor at its end where its limits on names have to be verified. */
  static List<X509Certificate> under(X509Certificate anchor, List<X509Certificate> path) {
    return hasNameConstraints(anchor)
        ? Stream.concat(path.stream(), Stream.of(anchor)).toList()
        : path;
  }

  private static boolean hasNameConstraints(X509Certificate anchor) {
    return anchor.getExtensionValue(NAME_CONSTRAINTS) != null;
  }

  private static boolean isSelfSigned(X509Certificate anchor) {
    if (!anchor.getSubjectX500Principal().equals(anchor.getIssuerX500Principal())) {
      return false;
    }
    try {
      anchor.verify(anchor.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
