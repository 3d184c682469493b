package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.identity.internal.InvalidValue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A certificate authority whose clients are accepted, under the name that policies call it by.
 *
 * @param alias the name
 * @param bundle the file of its certificates in PEM form: roots, or intermediates that are trusted
 *     as roots are. Read when a server starts, and followed from then on
 * @param trustDomain the SPIFFE trust domain that it vouches for; empty for an authority whose
 *     clients have DNS names alone
 */
public record CertificateAuthority(IssuerAlias alias, Path bundle, Optional<String> trustDomain) {

  /**
   * Checks the trust domain.
   *
   * @throws IllegalArgumentException if it is not 1 to 255 characters of {@code [a-z0-9._-]}
   */
  public CertificateAuthority {
    requireNonNull(alias, "alias");
    requireNonNull(bundle, "bundle");
    requireNonNull(trustDomain, "trustDomain");
    if (trustDomain.isPresent() && !SpiffeId.isTrustDomain(trustDomain.get())) {
      throw InvalidValue.of(
          "trust domain", trustDomain.get(), "1 to 255 characters of a-z 0-9 . _ -");
    }
  }

  /**
   * The authority of that alias, whose clients have DNS names.
   *
   * @param bundle the file of its certificates in PEM form
   * @throws IllegalArgumentException if the alias breaks the rule of {@link IssuerAlias}
   */
  public static CertificateAuthority of(String alias, Path bundle) {
    return new CertificateAuthority(new IssuerAlias(alias), bundle, Optional.empty());
  }

  /**
   * The same, which vouches for that SPIFFE trust domain too, and for no other.
   *
   * @throws IllegalArgumentException if it is no name of a trust domain
   */
  public CertificateAuthority forTrustDomain(String trustDomain) {
    return new CertificateAuthority(alias, bundle, Optional.of(trustDomain));
  }
}
