package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The person or workload that a session acts for: what {@code aws:OriginIdentity/...} says in a
 * trusted identity propagation context. A subject that STS refuses is refused when a token is asked
 * for, not here.
 *
 * @param subject {@code aws:OriginIdentity/Subject}, any text
 * @param issuer {@code aws:OriginIdentity/Issuer}
 * @param federatedProviderArn {@code aws:OriginIdentity/FederatedProviderArn}
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_OriginIdentity.html">
 *     OriginIdentity</a>
 */
public record OriginIdentity(
    String subject, Optional<String> issuer, Optional<String> federatedProviderArn) {

  /** Checks that nothing is absent. */
  public OriginIdentity {
    requireNonNull(subject, "subject");
    requireNonNull(issuer, "issuer");
    requireNonNull(federatedProviderArn, "federatedProviderArn");
  }

  /** An identity that this issuer vouches for. */
  public static OriginIdentity of(String subject, String issuer) {
    return new OriginIdentity(subject, Optional.of(issuer), Optional.empty());
  }
}
