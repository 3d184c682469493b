package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessRequest;
import dev.rolecall.service.request.RequestState;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A choice of requests.
 *
 * @param states those in one of these states; none for all
 * @param party those that this party asked for or gains from; empty for all
 * @param permissions those for one of these; none for all
 * @param waiting whether only those that wait: for a decision, or as emergency access for the
 *     review afterwards
 * @param also and those that this accepts; it runs on a thread of the store and must not block
 */
public record RequestFilter(
    Set<RequestState> states,
    Optional<String> party,
    Set<PermissionName> permissions,
    boolean waiting,
    Predicate<AccessRequest> also) {

  /** All requests. */
  public static final RequestFilter ALL =
      new RequestFilter(Set.of(), Optional.empty(), Set.of(), false, request -> true);

  /** Copies the sets. */
  public RequestFilter {
    states = Set.copyOf(states);
    requireNonNull(party, "party");
    permissions = Set.copyOf(permissions);
    requireNonNull(also, "also");
  }
}
