package dev.rolecall.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.jwt.key.SigningKey;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A token as an issuer would write it, member by member of raw JSON. Immutable. */
final class Token {

  private final Map<String, String> header;
  private final Map<String, String> claims;

  private Token(Map<String, String> header, Map<String, String> claims) {
    this.header = header;
    this.claims = claims;
  }

  /** An access token of RFC 9068 of that key and issuer. */
  static Token of(SigningKey key, String issuer) {
    return new Token(new LinkedHashMap<>(), new LinkedHashMap<>())
        .header("alg", quoted(key.algorithm().jose()))
        .header("typ", "\"at+jwt\"")
        .header("kid", quoted(key.kid()))
        .claim("iss", quoted(issuer))
        .claim("sub", "\"alice\"")
        .claim("aud", "\"orders\"")
        .claim("client_id", "\"checkout\"")
        .claim("iat", Long.toString(Issuers.NOW.getEpochSecond()))
        .claim("exp", Long.toString(Issuers.NOW.getEpochSecond() + 300))
        .claim("jti", "\"id-1\"");
  }

  /** A token of those claims alone. */
  static Token ofClaims(SigningKey key, Map<String, String> claims) {
    return new Token(new LinkedHashMap<>(), new LinkedHashMap<>(claims))
        .header("alg", quoted(key.algorithm().jose()))
        .header("kid", quoted(key.kid()));
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }

  Token header(String name, String json) {
    Map<String, String> changed = new LinkedHashMap<>(header);
    changed.put(name, json);
    return new Token(changed, claims);
  }

  Token withoutHeader(String name) {
    Map<String, String> changed = new LinkedHashMap<>(header);
    changed.remove(name);
    return new Token(changed, claims);
  }

  Token claim(String name, String json) {
    Map<String, String> changed = new LinkedHashMap<>(claims);
    changed.put(name, json);
    return new Token(header, changed);
  }

  Token without(String... names) {
    Map<String, String> changed = new LinkedHashMap<>(claims);
    for (String name : names) {
      changed.remove(name);
    }
    return new Token(header, changed);
  }

  /** The text, signed well. */
  String signed(SigningKey key) {
    String input = base64(json(header)) + "." + base64(json(claims));
    return input
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(bytes(input)));
  }

  /**
   * The text, with a signature of P-256 that no key made; each number has its own. Its r lies
   * beyond the curve's order, so the check costs the test nothing. Budgets count it like any other.
   */
  String forged(int number) {
    return forger().apply(number);
  }

  /** The maker of such texts. */
  IntFunction<String> forger() {
    String input = base64(json(header)) + "." + base64(json(claims)) + ".";
    return number -> {
      byte[] signature = new byte[64];
      Arrays.fill(signature, (byte) 0xff);
      ByteBuffer.wrap(signature).putInt(8, number);
      return input + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    };
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
