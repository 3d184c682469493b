package dev.rolecall.exchange;

import static java.util.Objects.requireNonNull;

import dev.rolecall.exchange.internal.http.HttpAnswer;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.json.ObjectBuilder;
import dev.rolecall.jwt.ring.KeysInForce;
import java.util.List;
import java.util.Optional;

/**
 * The documents by which verifiers find the keys: the key set, and the issuer's metadata for
 * clients of OpenID Connect and of OAuth.
 *
 * @param issuer the issuer
 * @param keys the keys that it publishes
 * @param bindsTokens whether a token may be bound to its client's certificate
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414, authorization server metadata</a>
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery</a>
 */
record IssuerDocuments(IssuerUrl issuer, KeysInForce keys, boolean bindsTokens) {

  static final String TOKEN = "/token";
  private static final String KEYS = "/jwks.json";
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  /** Shorter than {@code next} is published before it signs. */
  private static final String CACHING = "public, max-age=300";

  IssuerDocuments {
    requireNonNull(issuer, "issuer");
    requireNonNull(keys, "keys");
  }

  /** The document at that path. */
  Optional<HttpAnswer> at(String path) {
    if (path.equals(issuer.path() + KEYS)) {
      return Optional.of(HttpAnswer.json(200, CACHING, keys.published().toJson()));
    }
    // OpenID puts its suffix behind the issuer's path, RFC 8414 before it (section 3.1).
    boolean isMetadata =
        path.equals(issuer.path() + OPENID)
            || path.equals(OAUTH + issuer.path())
            || path.equals(issuer.path() + OAUTH);
    return isMetadata
        ? Optional.of(HttpAnswer.json(200, CACHING, metadata().toJson()))
        : Optional.empty();
  }

  /** Whether that is the path of the token endpoint. */
  boolean isTokenEndpoint(String path) {
    return path.equals(issuer.path() + TOKEN);
  }

  private JsonValue.Members metadata() {
    return new ObjectBuilder()
        .put("issuer", issuer.text())
        .put("token_endpoint", issuer.at(TOKEN))
        .put("jwks_uri", issuer.at(KEYS))
        .put("grant_types_supported", List.of(ExchangeRequest.GRANT))
        .put("token_endpoint_auth_methods_supported", List.of("none"))
        .put("response_types_supported", List.of())
        .put("subject_types_supported", List.of("public"))
        .put("id_token_signing_alg_values_supported", List.of(keys.current().algorithm().jose()))
        .put("tls_client_certificate_bound_access_tokens", bindsTokens)
        .build();
  }
}
