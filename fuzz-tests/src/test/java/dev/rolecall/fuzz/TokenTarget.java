package dev.rolecall.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.jwt.ClaimFlaw;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.TokenClaims;
import dev.rolecall.jwt.TokenFlaw;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.jwt.TokenReading;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A text is a token only where it is the one spelling of what is in it. The input is tried as a
 * text, and as the header and the claims of one, which a fuzzer would not see through base64.
 */
final class TokenTarget {

  private static final String HEADER = base64("{\"alg\":\"RS256\"}".getBytes(UTF_8));

  private static final List<String> RULES =
      Stream.of(TokenFlaw.values()).map(TokenFlaw::words).toList();

  private TokenTarget() {}

  static void tryOn(byte[] input) {
    tryOn(Oracle.text(input));
    tryOn(HEADER + "." + base64(input) + ".AAAA");
    tryOn(base64(input) + "." + base64("{}".getBytes(UTF_8)) + ".AAAA");
  }

  private static void tryOn(String text) {
    TokenReading reading = CompactToken.read(text, TokenLimits.standard());
    Oracle.holds(!reading.toString().contains("eyJ"), "toString masks the token");
    Optional<CompactToken> token = reading.fold(Optional::of, malformed -> Optional.empty());
    token.ifPresent(found -> isTheOneSpelling(found, text));
    String rule = reading.fold(found -> RULES.get(0), TokenReading.Malformed::rule);
    Oracle.holds(RULES.stream().anyMatch(rule::startsWith), "a refusal in fixed words");
    Oracle.isOneSafeLine(rule);
  }

  private static void isTheOneSpelling(CompactToken token, String text) {
    String[] parts = text.split("\\.", -1);
    Oracle.holds(CompactToken.hasShape(text), "a token has the shape of one");
    Oracle.same(parts.length, 3, "parts");
    for (String part : parts) {
      Oracle.same(base64(Base64.getUrlDecoder().decode(part)), part, "the spelling of a part");
    }
    byte[] written = token.claims().toJson();
    JsonReading again = JsonReading.of(written, TokenLimits.standard().payload());
    Oracle.same(
        again.fold(Optional::of, flaw -> Optional.<JsonValue.Members>empty()),
        Optional.of(token.claims()),
        "the claims, written and read again");
    TokenClaims.read(token.claims()).fold(TokenClaims::times, ClaimFlaw::words);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
