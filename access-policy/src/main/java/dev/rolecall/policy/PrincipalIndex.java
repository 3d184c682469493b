package dev.rolecall.policy;

import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.ApiClientPattern;
import dev.rolecall.identity.PrincipalPattern;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.RolePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An index of patterns. Whole roles and clients are looked up; patterns of several roles are looked
 * up by their account, and those of one account are tried in turn. So a pattern for each of
 * thousands of accounts costs no more than one.
 */
final class PrincipalIndex {

  private final Set<RoleArn> roles = new HashSet<>();
  private final Map<AccountId, List<RolePattern>> byAccount = new HashMap<>();
  private final Set<ApiClient> clients = new HashSet<>();

  private PrincipalIndex(Stream<PrincipalPattern> patterns) {
    patterns.forEach(this::add);
  }

  static PrincipalIndex of(Stream<PrincipalPattern> patterns) {
    return new PrincipalIndex(patterns);
  }

  private void add(PrincipalPattern pattern) {
    if (pattern instanceof RolePattern.ExactRole exact) {
      roles.add(exact.role());
    } else if (pattern instanceof RolePattern ofSeveral) {
      byAccount.computeIfAbsent(accountOf(ofSeveral), a -> new ArrayList<>(1)).add(ofSeveral);
    } else if (pattern instanceof ApiClientPattern exact) {
      clients.add(exact.client());
    } else {
      throw new AssertionError(pattern);
    }
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

  boolean contains(ApiClient client) {
    return clients.contains(client);
  }

  /** A loop, as a stream would cost an unknown call most of its time. */
  boolean contains(RoleArn role, Optional<RoleId> id) {
    if (roles.contains(role)) {
      return true;
    }
    List<RolePattern> ofAccount = byAccount.get(role.account());
    if (ofAccount != null) {
      for (RolePattern pattern : ofAccount) {
        if (PolicyRule.matches(pattern, role, id)) {
          return true;
        }
      }
    }
    return false;
  }
}
