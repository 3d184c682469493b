package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessGrant;
import dev.rolecall.service.request.GrantState;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A choice of grants.
 *
 * @param states those in one of these states; none for all
 * @param parties those that one of these parties holds; none for all
 * @param involved those that this party holds or asked for; empty for all
 * @param permissions those of one of these; none for all
 * @param also and those that this accepts; it runs on a thread of the store and must not block
 */
public record GrantFilter(
    Set<GrantState> states,
    Set<String> parties,
    Optional<String> involved,
    Set<PermissionName> permissions,
    Predicate<AccessGrant> also) {

  /** All grants. */
  public static final GrantFilter ALL =
      new GrantFilter(Set.of(), Set.of(), Optional.empty(), Set.of(), grant -> true);

  /** Copies the sets. */
  public GrantFilter {
    states = Set.copyOf(states);
    parties = Set.copyOf(parties);
    permissions = Set.copyOf(permissions);
    requireNonNull(involved, "involved");
    requireNonNull(also, "also");
  }
}
