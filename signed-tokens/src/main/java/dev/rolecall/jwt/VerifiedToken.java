package dev.rolecall.jwt;

import dev.rolecall.jwt.json.JsonValue;

/**
 * A token whose signature is its key's. Its claims are the key owner's word, and not yet checked:
 * see {@link ClaimRules}. Only {@link SignatureCheck} makes one.
 */
public final class VerifiedToken {

  private final TokenHeader header;
  private final JsonValue.Members claims;

  VerifiedToken(TokenHeader header, JsonValue.Members claims) {
    this.header = header;
    this.claims = claims;
  }

  /** The header that was signed. */
  public TokenHeader header() {
    return header;
  }

  /** The claims that were signed. */
  public JsonValue.Members claims() {
    return claims;
  }

  @Override
  public String toString() {
    return "VerifiedToken[****]";
  }
}
