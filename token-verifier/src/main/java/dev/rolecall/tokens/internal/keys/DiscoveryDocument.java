package dev.rolecall.tokens.internal.keys;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import dev.rolecall.tokens.internal.http.IssuerOutcome;
import dev.rolecall.tokens.internal.http.IssuerUrl;
import java.net.URI;

/**
 * The reader of a discovery document. It reads the issuer and the URL of keys, and asks for nothing
 * else: AWS's has neither a token endpoint nor response types.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata">OpenID
 *     Connect Discovery, section 3</a>
 */
final class DiscoveryDocument {

  /** The most bytes of it. */
  static final int MOST_BYTES = 65_536;

  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 8, 1_000, 20);

  private DiscoveryDocument() {}

  /** The URL of keys, if the document is that issuer's. */
  static IssuerOutcome<URI> keysUrl(byte[] body, String issuer, boolean plainOnLoopback) {
    return JsonReading.of(body, LIMITS)
        .fold(
            document -> keysUrl(document, issuer, plainOnLoopback),
            flaw -> IssuerOutcome.bad(IssuerFailure.MALFORMED));
  }

  private static IssuerOutcome<URI> keysUrl(
      JsonValue.Members document, String issuer, boolean plainOnLoopback) {
    if (!document.text("issuer").map(issuer::equals).orElse(false)) {
      return IssuerOutcome.bad(IssuerFailure.ISSUER_DIFFERS);
    }
    return document
        .text("jwks_uri")
        .flatMap(text -> IssuerUrl.read(text, plainOnLoopback))
        .map(IssuerOutcome::good)
        .orElseGet(() -> IssuerOutcome.bad(IssuerFailure.KEYS_URL));
  }
}
