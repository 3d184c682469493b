package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.IssuerAlias;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The certificates of each authority, as they are in force together.
 *
 * @param all the authorities with their certificates, in the order they were given
 */
record Bundles(List<Bundle> all) {

  /**
   * One authority's certificates.
   *
   * @param authority the authority
   * @param certificates its certificates
   * @param hashes the texts of their hashes
   */
  record Bundle(
      CertificateAuthority authority, List<X509Certificate> certificates, Set<String> hashes) {
    Bundle {
      requireNonNull(authority, "authority");
      certificates = List.copyOf(certificates);
      hashes = Set.copyOf(hashes);
    }

    static Bundle of(CertificateAuthority authority, List<X509Certificate> certificates) {
      return new Bundle(
          authority,
          certificates,
          certificates.stream()
              .map(certificate -> hash(certificate).value())
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  /**
   * Checks that a certificate tells its authority.
   *
   * @throws IllegalArgumentException if two authorities have one certificate
   */
  Bundles {
    all = List.copyOf(all);
    Map<String, IssuerAlias> owners = new HashMap<>();
    for (Bundle bundle : all) {
      for (String hash : bundle.hashes()) {
        IssuerAlias other = owners.put(hash, bundle.authority().alias());
        if (other != null) {
          throw new IllegalArgumentException(
              "client CAs "
                  + other
                  + " and "
                  + bundle.authority().alias()
                  + ": one certificate in both (expected: each in one, so that it names its"
                  + " authority)");
        }
      }
    }
  }

  /**
   * Whether the authority of that alias is one of these and has no certificate of that hash.
   * Allocates nothing: it is asked of each live call once a second.
   */
  boolean lack(String alias, String hash) {
    for (Bundle bundle : all) {
      if (bundle.authority().alias().value().equals(alias)) {
        return !bundle.hashes().contains(hash);
      }
    }
    return false;
  }

  /** The hash of a certificate's DER form. */
  static BindingHash hash(X509Certificate certificate) {
    return BindingHash.of(der(certificate));
  }

  /** A digest of those certificates in that order: the form of each says where it ends. */
  static String digest(List<X509Certificate> certificates) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    certificates.forEach(each -> all.writeBytes(der(each)));
    return BindingHash.of(all.toByteArray()).value();
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be encoded", e);
    }
  }
}
