package dev.rolecall.jwt;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Alphabet;
import dev.rolecall.jwt.json.JsonFlaw;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.VerificationKey;
import java.util.Optional;

/**
 * A JSON Web Token in compact form, as it travels. <b>Nothing in it has been verified</b>; {@link
 * SignatureCheck} does that.
 *
 * <p>A token has one text, so the text can key a cache; only an ECDSA signature has a twin. The
 * text is a bearer secret: no method returns it, and {@code toString} shows nothing of it.
 */
public final class CompactToken {

  private final TokenHeader header;
  private final JsonValue.Members claims;
  private final TokenParts parts;

  private CompactToken(TokenHeader header, JsonValue.Members claims, TokenParts parts) {
    this.header = header;
    this.claims = claims;
    this.parts = parts;
  }

  /**
   * Whether a text has the shape of a compact token: three parts between dots, each of characters
   * of base64url. One pass, which allocates nothing. What has the shape may still be malformed.
   */
  public static boolean hasShape(String text) {
    int first = Alphabet.BASE64URL.endOfRun(text, 0);
    if (first == 0 || first == text.length() || text.charAt(first) != '.') {
      return false;
    }
    int second = Alphabet.BASE64URL.endOfRun(text, first + 1);
    return second > first + 1
        && second < text.length() - 1
        && text.charAt(second) == '.'
        && Alphabet.BASE64URL.endOfRun(text, second + 1) == text.length();
  }

  /**
   * Reads a text, strictly: length, dots, base64url, then the header, then the payload as JSON
   * within the limits. Takes about 10 us for a token of 900 characters; never throws for what the
   * text holds.
   */
  public static TokenReading read(String text, TokenLimits limits) {
    requireNonNull(text, "text");
    requireNonNull(limits, "limits");
    Optional<TokenFlaw> shape = TokenParts.flaw(text, limits);
    if (shape.isPresent()) {
      return malformed(shape.get());
    }
    Optional<TokenParts> decoded = TokenParts.decode(text);
    if (decoded.isEmpty()) {
      return malformed(TokenFlaw.BASE64);
    }
    TokenParts parts = decoded.get();
    return JsonReading.of(parts.header, limits.header())
        .fold(
            header -> read(parts, header, limits), flaw -> malformed(TokenFlaw.HEADER_JSON, flaw));
  }

  private static TokenReading read(TokenParts parts, JsonValue.Members header, TokenLimits limits) {
    Optional<TokenFlaw> flaw = HeaderReader.flaw(header);
    if (flaw.isPresent()) {
      return malformed(flaw.get());
    }
    return JsonReading.of(parts.payload, limits.payload())
        .fold(
            claims ->
                new TokenReading.WellFormed(
                    new CompactToken(HeaderReader.header(header), claims, parts)),
            broken -> malformed(TokenFlaw.PAYLOAD_JSON, broken));
  }

  private static TokenReading malformed(TokenFlaw flaw) {
    return new TokenReading.Malformed(flaw, Optional.empty());
  }

  private static TokenReading malformed(TokenFlaw flaw, JsonFlaw json) {
    return new TokenReading.Malformed(flaw, Optional.of(json));
  }

  /** The header it claims to have. */
  public TokenHeader header() {
    return header;
  }

  /** The claims that it makes, unverified: to choose an issuer and its keys by. */
  public JsonValue.Members claims() {
    return claims;
  }

  /** Whether its signature is that key's by the header's algorithm, which must fit the key. */
  boolean isSignedBy(VerificationKey key) {
    return key.verify(header.algorithm(), parts.signingInput, parts.signature);
  }

  @Override
  public String toString() {
    return "CompactToken[****]";
  }
}
