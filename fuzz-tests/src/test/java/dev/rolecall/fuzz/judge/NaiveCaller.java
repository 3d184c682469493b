package dev.rolecall.fuzz.judge;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A caller of any kind, in texts alone.
 *
 * @param principal the text of its principal
 * @param role the role that it is; empty for a caller of another kind
 * @param client the client that its token was issued to
 * @param scopes the scopes of its token
 * @param claims the claims of its token, as a reader of JSON makes them of Java's own types
 * @param tags the tags of its role
 * @param actor the principal that acts for it; empty if it acts for itself
 */
public record NaiveCaller(
    String principal,
    Optional<NaivePrincipal.Role> role,
    Optional<String> client,
    Set<String> scopes,
    Map<String, ?> claims,
    Map<String, String> tags,
    Optional<String> actor) {

  public NaiveCaller {
    scopes = Set.copyOf(scopes);
    claims = Map.copyOf(claims);
    tags = Map.copyOf(tags);
  }

  /** The role, with nothing beside it. */
  public static NaiveCaller of(NaivePrincipal.Role role) {
    return bare(role.arn(), Optional.of(role));
  }

  /** The caller with that text, a role of unknown id among them, with nothing beside it. */
  public static NaiveCaller of(String principal) {
    return bare(
        principal,
        NaivePrincipal.isOfRoles(principal)
            ? Optional.of(NaivePrincipal.Role.ofUnknownId(principal))
            : Optional.empty());
  }

  private static NaiveCaller bare(String principal, Optional<NaivePrincipal.Role> role) {
    return new NaiveCaller(
        principal, role, Optional.empty(), Set.of(), Map.of(), Map.of(), Optional.empty());
  }

  /** The party that acts for it, as a caller; the client is the token's. */
  Optional<NaiveCaller> acting() {
    return actor
        .map(NaiveCaller::of)
        .map(
            acting ->
                new NaiveCaller(
                    acting.principal,
                    acting.role,
                    client,
                    Set.of(),
                    Map.of(),
                    Map.of(),
                    Optional.empty()));
  }
}
