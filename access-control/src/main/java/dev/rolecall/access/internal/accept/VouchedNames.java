package dev.rolecall.access.internal.accept;

import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.policy.AccessPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of issuers and authorities that schemes and trusted proxies vouch for, and that a
 * policy may use. Immutable.
 */
public final class VouchedNames {

  private final Set<String> aliases;
  private final Map<String, IssuerAlias> domains;

  private VouchedNames(Set<String> aliases, Map<String, IssuerAlias> domains) {
    this.aliases = aliases;
    this.domains = domains;
  }

  /**
   * The names that those vouch for.
   *
   * @param proxies null where none is trusted
   * @throws IllegalArgumentException if a trust domain has two owners: each has one, whatever
   *     proves its workloads
   */
  public static VouchedNames of(List<Scheme> schemes, @Nullable TrustedProxies proxies) {
    Set<String> aliases =
        schemes.stream()
            .flatMap(each -> each.aliases().stream())
            .map(IssuerAlias::value)
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, IssuerAlias> domains = new HashMap<>();
    schemes.forEach(
        each -> each.trustDomains().forEach((name, owner) -> own(domains, name, owner)));
    if (proxies != null) {
      proxies.aliases().forEach(alias -> aliases.add(alias.value()));
      proxies.trustDomains().forEach((name, owner) -> own(domains, name, owner));
    }
    return new VouchedNames(aliases, domains);
  }

  private static void own(Map<String, IssuerAlias> owners, String domain, IssuerAlias owner) {
    IssuerAlias other = owners.putIfAbsent(domain, owner);
    if (other != null && !other.equals(owner)) {
      throw new IllegalArgumentException(
          "trust domain "
              + domain
              + ": of "
              + other
              + " and of "
              + owner
              + " (expected: one alias, the same in each scheme)");
    }
  }

  /**
   * Checks that each alias and trust domain of the policy is vouched for.
   *
   * @throws IllegalArgumentException if one is not
   */
  public void check(AccessPolicy policy) {
    check(policy, "alias", policy.aliases().stream().map(IssuerAlias::value), aliases);
    check(policy, "trust domain", policy.trustDomains().stream(), new TreeSet<>(domains.keySet()));
  }

  private static void check(
      AccessPolicy policy, String what, Stream<String> named, Set<String> known) {
    List<String> unknown = named.filter(each -> !known.contains(each)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "policy \""
              + policy.name()
              + "\" names the "
              + what
              + " "
              + String.join(", ", unknown)
              + " (expected: "
              + (known.isEmpty()
                  ? "none: no accepted scheme has one"
                  : "one of the accepted schemes': " + String.join(", ", known))
              + ")");
    }
  }
}
