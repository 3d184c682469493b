package dev.rolecall.access.proxy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.IssuerAlias;
import java.util.Map;
import java.util.Set;

/**
 * The settings of the proxies whose word about a caller a server takes. Such a proxy proves itself
 * on each call as any caller does, and tells in the header {@code txn-token} who called it.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-oauth-transaction-tokens/">OAuth
 *     transaction tokens</a>
 */
public interface TrustedProxies {

  /**
   * The reader of what these proxies pass on. The caller closes it.
   *
   * @param runtime the clock, threads and telemetry to work with; outlives the reader
   * @throws IllegalArgumentException if the settings break a rule
   */
  PassedCallers open(AccessRuntime runtime);

  /**
   * The aliases of the issuers and authorities whose callers the proxies may pass on. A policy may
   * name them, as it may those of the accepted schemes. By default there are none.
   */
  default Set<IssuerAlias> aliases() {
    return Set.of();
  }

  /**
   * The SPIFFE trust domains whose workloads the proxies may pass on, each with the alias of its
   * owner, as {@link dev.rolecall.access.scheme.Scheme#trustDomains} has them. By default there are
   * none.
   */
  default Map<String, IssuerAlias> trustDomains() {
    return Map.of();
  }
}
