package dev.rolecall.jwt;

import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyId;
import java.util.Optional;
import java.util.Set;

/** The rules of a header, in the order in which they are checked. */
final class HeaderReader {

  private static final Set<String> FORBIDDEN =
      Set.of("crit", "jwk", "jku", "x5u", "x5c", "b64", "zip", "enc", "cty");

  private static final Set<String> KNOWN = Set.of("alg", "typ", "kid", "x5t", "x5t#S256");

  private HeaderReader() {}

  /** The first check that the header fails. */
  static Optional<TokenFlaw> flaw(JsonValue.Members header) {
    if (header.values().keySet().stream().anyMatch(FORBIDDEN::contains)) {
      return Optional.of(TokenFlaw.HEADER_FORBIDDEN);
    }
    if (!KNOWN.containsAll(header.values().keySet())) {
      return Optional.of(TokenFlaw.HEADER_UNKNOWN);
    }
    if (!header.values().values().stream().allMatch(JsonValue.Text.class::isInstance)) {
      return Optional.of(TokenFlaw.HEADER_NOT_TEXT);
    }
    if (header.text("alg").flatMap(Algorithm::named).isEmpty()) {
      return Optional.of(TokenFlaw.ALGORITHM);
    }
    if (header.text("kid").filter(kid -> !KeyId.isValid(kid)).isPresent()) {
      return Optional.of(TokenFlaw.KEY_ID);
    }
    return header.text("typ").filter(type -> !TokenHeader.isType(type)).map(type -> TokenFlaw.TYPE);
  }

  /** The header of members without flaw. */
  static TokenHeader header(JsonValue.Members header) {
    return new TokenHeader(
        header.text("alg").flatMap(Algorithm::named).orElseThrow(),
        header.text("typ"),
        header.text("kid"));
  }
}
