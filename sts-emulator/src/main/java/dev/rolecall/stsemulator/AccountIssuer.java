package dev.rolecall.stsemulator;

import dev.rolecall.stsemulator.internal.token.IssuerKeys;
import dev.rolecall.stsemulator.internal.token.JsonObject;
import java.net.URI;
import java.util.List;

/** The issuer of one account's tokens. Safe for use by many threads. */
final class AccountIssuer {

  private final URI url;
  private final IssuerKeys keys = new IssuerKeys();
  private volatile boolean enabled = true;

  AccountIssuer(URI url) {
    this.url = url;
  }

  URI url() {
    return url;
  }

  IssuerKeys keys() {
    return keys;
  }

  boolean isEnabled() {
    return enabled;
  }

  void enable(boolean now) {
    enabled = now;
  }

  /**
   * The discovery document (OpenID Connect Discovery 1.0, section 3) with the members that AWS's
   * has: no endpoints but that of the keys, and no response types.
   */
  JsonObject discovery() {
    return new JsonObject()
        .texts(
            "claims_supported",
            List.of("sub", "iss", "aud", "exp", "iat", "jti", WebIdentityTokens.NAMESPACE))
        .texts("id_token_signing_alg_values_supported", List.of("RS256", "ES384"))
        .text("issuer", url.toString())
        .text("jwks_uri", url + OutboundFederation.KEYS_PATH)
        .texts("subject_types_supported", List.of("public"));
  }
}
