package dev.rolecall.access.internal.accept;

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

/** The names of issuers and authorities that schemes vouch for, and that a policy may use. */
public final class VouchedNames {

  private VouchedNames() {}

  /**
   * Checks that each trust domain has one owner, whatever scheme proves its workloads.
   *
   * @throws IllegalArgumentException if one has two
   */
  public static void checkTrustDomains(List<Scheme> schemes) {
    Map<String, IssuerAlias> owners = new HashMap<>();
    schemes.forEach(
        scheme -> scheme.trustDomains().forEach((domain, owner) -> own(owners, domain, owner)));
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
   * Checks that some scheme vouches for each alias and trust domain of the policy.
   *
   * @throws IllegalArgumentException if none does
   */
  public static void check(List<Scheme> schemes, AccessPolicy policy) {
    check(
        policy,
        "alias",
        policy.aliases().stream().map(IssuerAlias::value),
        schemes.stream().flatMap(each -> each.aliases().stream()).map(IssuerAlias::value));
    check(
        policy,
        "trust domain",
        policy.trustDomains().stream(),
        schemes.stream().flatMap(each -> each.trustDomains().keySet().stream()));
  }

  private static void check(
      AccessPolicy policy, String what, Stream<String> named, Stream<String> vouchedFor) {
    Set<String> known = vouchedFor.collect(Collectors.toCollection(TreeSet::new));
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
