package dev.rolecall.policy;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.identity.Principal;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.SpiffeId;
import dev.rolecall.identity.pattern.ApiClientPattern;
import dev.rolecall.identity.pattern.CertificatePattern;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An index of patterns. Whole principals are looked up; patterns of several are looked up by the
 * account, issuer or trust domain that they are of, and those of one are tried in turn. So a
 * pattern for each of thousands of accounts costs no more than one.
 */
final class PrincipalIndex {

  private final Set<RoleArn> roles = new HashSet<>();
  private final Map<AccountId, List<RolePattern>> byAccount = new HashMap<>();
  private final Set<Principal> exact = new HashSet<>();

  /** Keyed by {@link Principal#group}. */
  private final Map<String, List<PrincipalPattern>> byGroup = new HashMap<>();

  private PrincipalIndex(Stream<PrincipalPattern> patterns) {
    patterns.forEach(this::add);
  }

  static PrincipalIndex of(Stream<PrincipalPattern> patterns) {
    return new PrincipalIndex(patterns);
  }

  private void add(PrincipalPattern pattern) {
    if (pattern instanceof RolePattern.ExactRole one) {
      roles.add(one.role());
    } else if (pattern instanceof RolePattern ofSeveral) {
      byAccount.computeIfAbsent(accountOf(ofSeveral), a -> new ArrayList<>(1)).add(ofSeveral);
    } else if (pattern instanceof ApiClientPattern one) {
      exact.add(one.client());
    } else if (pattern instanceof OidcPattern.Subject one) {
      exact.add(one.subject());
    } else if (pattern instanceof CertificatePattern.Spiffe one) {
      exact.add(one.id());
    } else if (pattern instanceof CertificatePattern.Dns one) {
      exact.add(one.name());
    } else if (pattern instanceof OidcPattern ofSeveral) {
      addToGroup(OidcSubject.PREFIX + ofSeveral.issuer(), ofSeveral);
    } else if (pattern instanceof CertificatePattern.SpiffePrefix ofSeveral) {
      addToGroup(SpiffeId.PREFIX + ofSeveral.trustDomain(), ofSeveral);
    } else {
      throw new AssertionError(pattern);
    }
  }

  private void addToGroup(String group, PrincipalPattern pattern) {
    byGroup.computeIfAbsent(group, g -> new ArrayList<>(1)).add(pattern);
  }

  private static AccountId accountOf(RolePattern pattern) {
    if (pattern instanceof RolePattern.RolePrefix prefix) {
      return prefix.account();
    }
    if (pattern instanceof RolePattern.WholeAccount whole) {
      return whole.account();
    }
    if (pattern instanceof RolePattern.PermissionSet set) {
      return set.account();
    }
    if (pattern instanceof RolePattern.PinnedRole pinned) {
      return pinned.role().account();
    }
    throw new AssertionError(pattern);
  }

  /**
   * Whether a pattern means that caller.
   *
   * @param deny whether a deny rule asks, which {@link PrincipalPattern#couldMatch} answers
   */
  boolean contains(Principal principal, Attributes attributes, boolean deny) {
    if (principal instanceof IamRole role) {
      return roles.contains(role.arn())
          || anyMatches(byAccount.get(role.arn().account()), principal, attributes, deny);
    }
    return exact.contains(principal)
        || (!byGroup.isEmpty()
            && anyMatches(byGroup.get(principal.group()), principal, attributes, deny));
  }

  /** A loop, as a stream would cost an unknown call most of its time. */
  private static boolean anyMatches(
      @Nullable List<? extends PrincipalPattern> patterns,
      Principal principal,
      Attributes attributes,
      boolean deny) {
    if (patterns != null) {
      for (PrincipalPattern pattern : patterns) {
        if (matches(pattern, principal, attributes, deny)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean matches(
      PrincipalPattern pattern, Principal principal, Attributes attributes, boolean deny) {
    return deny
        ? pattern.couldMatch(principal, attributes)
        : pattern.matches(principal, attributes);
  }
}
