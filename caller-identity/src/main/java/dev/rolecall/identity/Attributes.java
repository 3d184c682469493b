package dev.rolecall.identity;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of a verified caller beside its principal, which rules may ask for. Its credential
 * states them and its issuer vouches for them; what no credential stated is absent. An immutable
 * value.
 *
 * @param client the client that a token was issued to: {@code client_id} or {@code azp}
 * @param scopes the scopes that a token grants
 * @param claims the claims of a token by name
 * @param tags the principal tags of an IAM role
 * @param actors the parties that act for the principal, the one that acts now first, then the ones
 *     before it; at most {@value #MOST_ACTORS}. Empty for a caller that acts for itself
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-4.1">RFC 8693, section 4.1, act</a>
 */
public record Attributes(
    Optional<String> client,
    Set<String> scopes,
    Map<String, ClaimValue> claims,
    Map<String, String> tags,
    List<Principal> actors) {

  /** The most actors of one caller. */
  public static final int MOST_ACTORS = 4;

  private static final Attributes NONE =
      new Attributes(Optional.empty(), Set.of(), Map.of(), Map.of(), List.of());

  /**
   * Copies, and checks the count of actors.
   *
   * @throws IllegalArgumentException if there are too many
   */
  public Attributes {
    requireNonNull(client, "client");
    scopes = Set.copyOf(scopes);
    claims = Map.copyOf(claims);
    tags = Map.copyOf(tags);
    actors = List.copyOf(actors);
    if (actors.size() > MOST_ACTORS) {
      throw new IllegalArgumentException(
          "actors: " + actors.size() + " (expected: at most " + MOST_ACTORS + ")");
    }
  }

  /** No attributes. */
  public static Attributes none() {
    return NONE;
  }

  /** The same with that client. */
  public Attributes withClient(String client) {
    return new Attributes(Optional.of(client), scopes, claims, tags, actors);
  }

  /** The same with those scopes. */
  public Attributes withScopes(Set<String> scopes) {
    return new Attributes(client, scopes, claims, tags, actors);
  }

  /** The same with those claims. */
  public Attributes withClaims(Map<String, ClaimValue> claims) {
    return new Attributes(client, scopes, claims, tags, actors);
  }

  /** The same with those tags. */
  public Attributes withTags(Map<String, String> tags) {
    return new Attributes(client, scopes, claims, tags, actors);
  }

  /** The same with those actors, the one that acts now first. */
  public Attributes withActors(List<Principal> actors) {
    return new Attributes(client, scopes, claims, tags, actors);
  }

  /** The party that acts for the principal now; empty for a caller that acts for itself. */
  public Optional<Principal> actor() {
    return actors.stream().findFirst();
  }

  /** Whether there are none. */
  public boolean isNone() {
    return equals(NONE);
  }
}
