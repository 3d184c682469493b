package dev.rolecall.access.scheme;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.IssuerAlias;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** The settings of one way to prove who calls, from which a verifier is made. */
public interface Scheme {

  /**
   * A verifier of these settings. The caller closes it.
   *
   * @param runtime the clock, threads and telemetry to work with; outlives the verifier
   * @throws IllegalArgumentException if the settings break a rule
   */
  CallerVerifier verifier(AccessRuntime runtime);

  /**
   * Checks the settings, and the files that they name, as a verifier's making does: for a program
   * that names the wrong one before it starts. Blocks on files. Asks no issuer, and starts no
   * thread. By default it checks nothing.
   *
   * @param clock wall time
   * @throws IllegalArgumentException if the settings break a rule
   */
  default void check(Clock clock) {}

  /**
   * Whether it reads the certificates of clients, as {@link ClientCertificate}. By default it does
   * not.
   */
  default boolean readsClientCertificates() {
    return false;
  }

  /**
   * The aliases of the issuers and authorities that it vouches for. A policy may name those of the
   * accepted schemes and no others. By default there are none, as for IAM roles and API keys.
   */
  default Set<IssuerAlias> aliases() {
    return Set.of();
  }

  /**
   * The SPIFFE trust domains that it vouches for, each with the alias of its owner. A policy may
   * name those of the accepted schemes and no others. The schemes agree on the owner: another one
   * could speak for the same workloads. By default there are none.
   */
  default Map<String, IssuerAlias> trustDomains() {
    return Map.of();
  }
}
