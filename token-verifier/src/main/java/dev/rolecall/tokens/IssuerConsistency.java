package dev.rolecall.tokens;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.tokens.internal.claim.Vouched;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules between the settings of one issuer.
 *
 * @param alias the server's name for it
 * @param issuer the text of {@code iss}
 * @param profile how it writes its tokens
 * @param vouched the principals that it may vouch for; empty for its own subjects
 */
record IssuerConsistency(
    IssuerAlias alias, String issuer, IssuerProfile profile, Optional<Vouched> vouched) {

  /** Entra ID's words for "any tenant": such an issuer vouches for strangers. */
  private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");

  IssuerConsistency {
    requireNonNull(alias, "alias");
    requireNonNull(issuer, "issuer");
    requireNonNull(profile, "profile");
    requireNonNull(vouched, "vouched");
  }

  /**
   * Checks them.
   *
   * @param namesClients whether the clients are named
   * @param introspects whether it is asked about opaque tokens
   * @throws IllegalArgumentException if two contradict each other
   */
  void check(boolean namesClients, boolean introspects) {
    if (profile.rules().needsClients() && !namesClients) {
      throw new IllegalArgumentException(
          "clients of issuer "
              + alias
              + ": none (expected: allowClients(...), since tokens of the profile "
              + profile.label()
              + " name no audience)");
    }
    if ((profile == IssuerProfile.SPIFFE)
        != vouched.filter(Vouched.Workloads.class::isInstance).isPresent()) {
      throw new IllegalArgumentException(
          "trust domain of issuer " + alias + " (expected: one for the profile spiffe alone)");
    }
    if (introspects && vouched.isPresent()) {
      throw new IllegalArgumentException(
          "introspection of issuer "
              + alias
              + " (expected: none for the profile "
              + profile.label()
              + ")");
    }
    if (profile == IssuerProfile.ENTRA && isForAnyTenant()) {
      throw InvalidValue.of(
          "issuer", issuer, "the issuer of one tenant, whose id stands in its text");
    }
  }

  private boolean isForAnyTenant() {
    return issuer.contains("{") || Stream.of(issuer.split("/", -1)).anyMatch(ANY_TENANT::contains);
  }
}
