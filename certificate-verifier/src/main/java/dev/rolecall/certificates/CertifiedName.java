package dev.rolecall.certificates;

import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.SpiffeId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The name that a client's certificate gives its holder, by its subject alternative names: a SPIFFE
 * ID, else a DNS name. The common name is never read.
 *
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/X509-SVID.md">X509-SVID,
 *     sections 2 to 4</a>
 */
sealed interface CertifiedName {

  /** The kinds of names, as RFC 5280 numbers them in section 4.2.1.6. */
  int URI = 6;

  int DNS = 2;

  /**
   * The one SPIFFE ID.
   *
   * @param id the id
   */
  record Spiffe(SpiffeId id) implements CertifiedName {}

  /**
   * The one DNS name, in lower case.
   *
   * @param name the name
   */
  record Dns(String name) implements CertifiedName {}

  /** No name of an accepted kind. */
  record None() implements CertifiedName {}

  /** A name or the certificate breaks a rule, or there are several names to choose from. */
  record Malformed() implements CertifiedName {}

  /** Calls the function of the arm this is. */
  default <T> T fold(
      Function<SpiffeId, T> spiffe,
      Function<String, T> dns,
      Supplier<T> none,
      Supplier<T> malformed) {
    if (this instanceof Spiffe arm) {
      return spiffe.apply(arm.id());
    }
    if (this instanceof Dns arm) {
      return dns.apply(arm.name());
    }
    return this instanceof None ? none.get() : malformed.get();
  }

  /** The name in that certificate. */
  static CertifiedName of(X509Certificate certificate) {
    try {
      if (!ClientUse.isOf(certificate)) {
        return new Malformed();
      }
      List<String> uris = names(certificate, URI);
      return uris.isEmpty() ? dns(names(certificate, DNS)) : spiffe(uris);
    } catch (CertificateParsingException e) {
      return new Malformed();
    }
  }

  /** All URIs and DNS names in that certificate, whatever they are; for records alone. */
  static List<String> claimed(X509Certificate certificate) {
    try {
      return Stream.of(names(certificate, URI), names(certificate, DNS))
          .flatMap(List::stream)
          .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static List<String> names(X509Certificate certificate, int type)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    return all == null
        ? List.of()
        : all.stream()
            .filter(name -> name.get(0).equals(type))
            .map(name -> String.valueOf(name.get(1)))
            .toList();
  }

  private static CertifiedName spiffe(List<String> uris) {
    if (uris.size() > 1) {
      return new Malformed();
    }
    try {
      return new Spiffe(SpiffeId.parse(uris.get(0)));
    } catch (IllegalArgumentException e) {
      return new Malformed();
    }
  }

  /** Of several, none is the caller's more than another. */
  private static CertifiedName dns(List<String> names) {
    if (names.isEmpty()) {
      return new None();
    }
    String name = names.get(0).toLowerCase(Locale.ROOT);
    return names.size() == 1 && DnsName.isValid(name) ? new Dns(name) : new Malformed();
  }
}
