package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A client's certificate, and the certificates by which an authority vouches for it.
 *
 * @param authority the authority
 * @param leaf the client's own certificate
 * @param anchor the certificate of the authority at the other end
 * @param notAfter the end of the first of them to lapse
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-6">RFC 5280, section 6</a>
 */
record VerifiedChain(
    CertificateAuthority authority,
    X509Certificate leaf,
    X509Certificate anchor,
    Instant notAfter) {

  /** Between a client's own certificate and that of the authority. */
  private static final int MOST_BETWEEN = 4;

  VerifiedChain {
    requireNonNull(authority, "authority");
    requireNonNull(leaf, "leaf");
    requireNonNull(anchor, "anchor");
    requireNonNull(notAfter, "notAfter");
  }

  /**
   * The chain that leads to one of the authorities; empty if none does. Verifies signatures.
   *
   * @param presented the client's own certificate first, then any that help
   */
  static Optional<VerifiedChain> find(
      List<X509Certificate> presented, Bundles bundles, Instant now) {
    return bundles.all().stream()
        .flatMap(bundle -> find(presented, bundle, now).stream())
        .findFirst();
  }

  private static Optional<VerifiedChain> find(
      List<X509Certificate> presented, Bundles.Bundle bundle, Instant now) {
    // The JDK takes no anchor for lapsed.
    Set<TrustAnchor> anchors =
        bundle.certificates().stream()
            .filter(anchor -> Dates.refusal(anchor, now).isEmpty())
            .map(anchor -> new TrustAnchor(anchor, null))
            .collect(Collectors.toSet());
    if (anchors.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(bundle.authority(), path(presented, anchors, now)));
    } catch (CertPathBuilderException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform verifies no certificates", e);
    }
  }

  private static PKIXCertPathBuilderResult path(
      List<X509Certificate> presented, Set<TrustAnchor> anchors, Instant now)
      throws GeneralSecurityException {
    X509CertSelector leaf = new X509CertSelector();
    leaf.setCertificate(presented.get(0));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    parameters.setMaxPathLength(MOST_BETWEEN);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(presented)));
    return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
  }

  private static VerifiedChain of(
      CertificateAuthority authority, PKIXCertPathBuilderResult result) {
    List<? extends Certificate> path = result.getCertPath().getCertificates();
    X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
    Instant end =
        Stream.concat(path.stream().map(X509Certificate.class::cast), Stream.of(anchor))
            .map(Dates::end)
            .min(Instant::compareTo)
            .orElseThrow();
    return new VerifiedChain(authority, (X509Certificate) path.get(0), anchor, end);
  }
}
