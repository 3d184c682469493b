package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.internal.InvalidValue;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of a refused certificate that an operator needs, for logs and audit records. None is a
 * secret.
 *
 * @param serial the serial number, in hexadecimal, at most 64 characters of it
 * @param hash the hash of the certificate
 * @param names its URIs and DNS names, printable and at most 200 characters; empty if it has none.
 *     The certificate claims them, and perhaps no authority of this server confirms them
 */
record CertificateFacts(String serial, String hash, String names) implements Facts {

  static final String SCHEME = "client-certificate";

  private static final String AUTHORITY = "authority";
  private static final String VOUCHED_BY = "authority_certificate";
  private static final int LONGEST_SERIAL = 64;

  CertificateFacts {
    requireNonNull(serial, "serial");
    requireNonNull(hash, "hash");
    requireNonNull(names, "names");
  }

  static CertificateFacts of(X509Certificate leaf) {
    return new CertificateFacts(
        serial(leaf.getSerialNumber()),
        Bundles.hash(leaf).value(),
        InvalidValue.printable(String.join(" ", CertifiedName.claimed(leaf))));
  }

  private static String serial(BigInteger number) {
    String hex = number.toString(16);
    return hex.length() <= LONGEST_SERIAL ? hex : hex.substring(0, LONGEST_SERIAL);
  }

  /** The evidence of a caller whose certificate that authority vouches for. */
  static Evidence evidence(VerifiedChain chain) {
    return Evidence.of(SCHEME, Evidence.Carrier.CLIENT_CERTIFICATE)
        .with(
            serial(chain.leaf().getSerialNumber()),
            List.of(
                new Fact(AUTHORITY, "authority", chain.authority().alias().value()),
                new Fact(
                    VOUCHED_BY, "authority's certificate", Bundles.hash(chain.anchor()).value())));
  }

  /** Whether the certificate that vouched for a caller of that evidence was removed. */
  static boolean isRemoved(Evidence evidence, Bundles bundles) {
    return bundles.lack(value(evidence, AUTHORITY), value(evidence, VOUCHED_BY));
  }

  private static String value(Evidence evidence, String field) {
    for (Fact fact : evidence.facts()) {
      if (fact.field().equals(field)) {
        return fact.value();
      }
    }
    return "";
  }

  @Override
  public int size() {
    return serial.length() + hash.length() + 2 * names.length();
  }

  @Override
  public List<Fact> list() {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("certificate_serial", "certificate's serial number", serial));
    facts.add(new Fact("certificate_sha256", "certificate's SHA-256", hash));
    if (!names.isEmpty()) {
      facts.add(new Fact("certificate_names", "certificate's names", names));
    }
    return facts;
  }
}
