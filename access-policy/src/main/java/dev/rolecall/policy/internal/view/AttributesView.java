package dev.rolecall.policy.internal.view;

import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.Principal;
import dev.rolecall.policy.claim.ClaimName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of a caller that some rule of a policy may tell from another caller's. Two callers
 * of one principal and one view get the same decisions.
 *
 * @param client the client, if a rule names one
 * @param scopes those scopes that a rule names
 * @param statesScopes whether the caller has any scope, if a rule names one
 * @param claims the claims that a rule names; of a list, those elements that a rule names
 * @param tags the tags that a rule names
 * @param actor the party that acts now, whether or not a rule names it
 */
public record AttributesView(
    Optional<String> client,
    Set<String> scopes,
    boolean statesScopes,
    Map<ClaimName, ClaimValue> claims,
    Map<String, String> tags,
    Optional<Principal> actor) {

  /** The view of a caller without attributes that a rule can tell. */
  static final AttributesView NOTHING =
      new AttributesView(Optional.empty(), Set.of(), false, Map.of(), Map.of(), Optional.empty());
}
