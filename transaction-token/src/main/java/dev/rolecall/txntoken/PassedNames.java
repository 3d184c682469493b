package dev.rolecall.txntoken;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.DnsName;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.SpiffeId;
import java.util.Map;
import java.util.Set;

/**
 * The issuers, authorities and trust domains whose callers proxies may pass on. Roles and API
 * clients belong to none.
 *
 * @param aliases of issuers and authorities
 * @param trustDomains of SPIFFE, each with the alias of its owner
 */
record PassedNames(Set<IssuerAlias> aliases, Map<String, IssuerAlias> trustDomains) {

  PassedNames {
    aliases = Set.copyOf(aliases);
    trustDomains = Map.copyOf(trustDomains);
  }

  /** Whether a proxy may pass that principal on. */
  boolean allow(Principal principal) {
    if (principal instanceof OidcSubject subject) {
      return aliases.contains(subject.issuer());
    }
    if (principal instanceof DnsName name) {
      return aliases.contains(name.authority());
    }
    if (principal instanceof SpiffeId id) {
      return trustDomains.containsKey(id.trustDomain());
    }
    if (principal instanceof IamRole || principal instanceof ApiClient) {
      return true;
    }
    throw new AssertionError("no arm of Principal");
  }
}
