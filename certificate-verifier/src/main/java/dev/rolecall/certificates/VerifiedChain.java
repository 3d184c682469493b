package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
   * The chain that leads to one of the authorities; empty if none does. Verifies signatures: first
   * that of an authority, so a stranger's chain costs one for each authority of that name.
   *
   * @param presented the client's own certificate first, then any that help
   */
  static Optional<VerifiedChain> find(
      List<X509Certificate> presented, Bundles bundles, Instant now) {
    List<X509Certificate> ordered = ordered(presented);
    return bundles.all().stream()
        .flatMap(bundle -> find(ordered, bundle, now).stream())
        .findFirst();
  }

  /**
   * The certificates in the order in which each names the next as its issuer. Names alone decide,
   * and the first of a name: a search among several would let a stranger have any number of
   * signatures verified.
   */
  private static List<X509Certificate> ordered(List<X509Certificate> presented) {
    List<X509Certificate> ordered = new ArrayList<>();
    List<X509Certificate> rest = new ArrayList<>(presented);
    Optional<X509Certificate> next = Optional.of(presented.get(0));
    while (next.isPresent() && ordered.size() <= MOST_BETWEEN) {
      X509Certificate found = next.get();
      ordered.add(found);
      rest.remove(found);
      next = rest.stream().filter(each -> mayHaveIssued(each, found)).findFirst();
    }
    return ordered;
  }

  private static boolean mayHaveIssued(X509Certificate authority, X509Certificate certificate) {
    return authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static Optional<VerifiedChain> find(
      List<X509Certificate> ordered, Bundles.Bundle bundle, Instant now) {
    for (int length = 1; length <= ordered.size(); length++) {
      List<X509Certificate> path = ordered.subList(0, length);
      for (X509Certificate anchor : bundle.certificates()) {
        // The JDK takes no anchor for lapsed.
        if (mayHaveIssued(anchor, path.get(length - 1))
            && Dates.refusal(anchor, now).isEmpty()
            && AnchorLimits.hold(anchor, path)
            && isValid(AnchorLimits.under(anchor, path), anchor, now)) {
          return Optional.of(of(bundle.authority(), path, anchor));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isValid(List<X509Certificate> path, X509Certificate anchor, Instant now) {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      var unused =
          CertPathValidator.getInstance("PKIX")
              .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return true;
    } catch (CertPathValidatorException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform verifies no certificates", e);
    }
  }

  private static VerifiedChain of(
      CertificateAuthority authority, List<X509Certificate> path, X509Certificate anchor) {
    Instant end =
        Stream.concat(path.stream(), Stream.of(anchor))
            .map(Dates::end)
            .min(Instant::compareTo)
            .orElseThrow();
    return new VerifiedChain(authority, path.get(0), anchor, end);
  }
}
