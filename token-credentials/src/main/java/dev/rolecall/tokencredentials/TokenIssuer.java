package dev.rolecall.tokencredentials;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.tokencredentials.internal.Endpoint;
import java.net.URI;
import java.util.Optional;

/**
 * An issuer of tokens, and how its token endpoint is found: discovered, or given.
 *
 * @param issuer the issuer's identifier, as its tokens have it; empty if it is not needed
 * @param tokenEndpoint the given endpoint; empty to discover it
 */
public record TokenIssuer(Optional<URI> issuer, Optional<URI> tokenEndpoint) {

  private static final String RULE = "https://host/path, without user, query and fragment";

  /**
   * Checks the addresses.
   *
   * @throws IllegalArgumentException if one is no absolute URI of http or https with a host, or has
   *     a user or a fragment, or if both are absent
   */
  public TokenIssuer {
    requireNonNull(issuer, "issuer");
    requireNonNull(tokenEndpoint, "tokenEndpoint");
    issuer.ifPresent(uri -> check("issuer", uri, uri.getRawQuery() == null));
    tokenEndpoint.ifPresent(uri -> check("token endpoint", uri, true));
    if (issuer.isEmpty() && tokenEndpoint.isEmpty()) {
      throw new IllegalArgumentException("issuer and token endpoint: none (expected: one or both)");
    }
  }

  /**
   * An issuer that publishes where its endpoints are, by OpenID Connect Discovery or RFC 8414. It
   * is asked with the first token.
   *
   * @param issuer its identifier: https, or http on loopback if the credentials allow it
   * @throws IllegalArgumentException if it is no such URI
   */
  public static TokenIssuer discovered(URI issuer) {
    return new TokenIssuer(Optional.of(issuer), Optional.empty());
  }

  /**
   * An issuer whose token endpoint is known, so that nothing is discovered.
   *
   * @throws IllegalArgumentException if one is no such URI
   */
  public static TokenIssuer at(URI tokenEndpoint, URI issuer) {
    return new TokenIssuer(Optional.of(issuer), Optional.of(tokenEndpoint));
  }

  /**
   * A token endpoint by itself, which is enough for all but {@code private_key_jwt}.
   *
   * @throws IllegalArgumentException if it is no such URI
   */
  public static TokenIssuer at(URI tokenEndpoint) {
    return new TokenIssuer(Optional.empty(), Optional.of(tokenEndpoint));
  }

  private static void check(String name, URI uri, boolean rule) {
    if (!rule || !Endpoint.isWellFormed(uri)) {
      throw InvalidValue.of(name, Endpoint.shown(uri), RULE);
    }
  }

  /** Whether every given address is https, or http on loopback where that is allowed. */
  boolean isProtected(boolean loopbackAllowed) {
    return issuer.stream().allMatch(uri -> Endpoint.isProtected(uri, loopbackAllowed))
        && tokenEndpoint.stream().allMatch(uri -> Endpoint.isProtected(uri, loopbackAllowed));
  }
}
