package dev.rolecall.jwt;

import dev.rolecall.jwt.Forge.Raw;
import dev.rolecall.jwt.json.JsonFlaw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hostile tokens by their payload. Each is signed well by a key of the issuer. */
final class HostileClaims {

  private static final String HEADER = Issuer.header(Issuer.P_256).toString();
  private static final Raw CLAIMS = Issuer.claims();
  private static final long NOW = Issuer.NOW.getEpochSecond();

  private final List<HostileToken> tokens = new ArrayList<>();

  private HostileClaims() {}

  static Stream<HostileToken> all() {
    HostileClaims claims = new HostileClaims();
    claims.json();
    claims.times();
    claims.lives();
    claims.issuers();
    claims.audiences();
    claims.subjects();
    return claims.tokens.stream();
  }

  private void add(String name, Object payload, Object outcome) {
    tokens.add(
        new HostileToken(
            "claims: " + name,
            Forge.token(HEADER, payload.toString(), Issuer.P_256),
            outcome.toString()));
  }

  private void json(String name, String payload, JsonFlaw flaw) {
    add(name, payload, TokenFlaw.PAYLOAD_JSON + " " + flaw);
  }

  private void json() {
    String good = CLAIMS.toString();
    String inner = good.substring(1, good.length() - 1);
    json("sub twice", "{" + inner + ",\"sub\":\"root\"}", JsonFlaw.DUPLICATE_NAME);
    json("sub twice, the same", "{" + inner + ",\"sub\":\"alice\"}", JsonFlaw.DUPLICATE_NAME);
    json("aud twice, escaped", "{" + inner + ",\"\\u0061ud\":\"x\"}", JsonFlaw.DUPLICATE_NAME);
    json(
        "twice, inside", CLAIMS.with("a", "{\"b\":1,\"b\":2}").toString(), JsonFlaw.DUPLICATE_NAME);
    json("nesting of 9", nested(8), JsonFlaw.TOO_DEEP);
    json("nesting of 800", nested(800), JsonFlaw.TOO_DEEP);
    json(
        "nesting of lists",
        CLAIMS.with("a", "[".repeat(9) + "]".repeat(9)).toString(),
        JsonFlaw.TOO_DEEP);
    json("201 members", members(196), JsonFlaw.TOO_MANY_MEMBERS);
    json(
        "number of 21 digits",
        CLAIMS.with("a", "1".repeat(21)).toString(),
        JsonFlaw.NUMBER_TOO_LONG);
    json(
        "number of 4,000 digits",
        CLAIMS.with("exp", "9".repeat(4_000)).toString(),
        JsonFlaw.NUMBER_TOO_LONG);
    json("byte order mark", "\ufeff" + good, JsonFlaw.BYTE_ORDER_MARK);
    json("a second object", good + good, JsonFlaw.TRAILING);
    json("a letter behind it", good + "x", JsonFlaw.SYNTAX);
    json("NUL behind it", good + "\u0000", JsonFlaw.SYNTAX);
    json("not closed", good.substring(0, good.length() - 1), JsonFlaw.SYNTAX);
    json("a list", "[" + good + "]", JsonFlaw.NOT_AN_OBJECT);
    json("a text", "\"alice\"", JsonFlaw.NOT_AN_OBJECT);
    json("null", "null", JsonFlaw.NOT_AN_OBJECT);
    json("white space alone", "  ", JsonFlaw.SYNTAX);
    json("a comment", "{//\n" + inner + "}", JsonFlaw.SYNTAX);
    json("NaN", CLAIMS.with("exp", "NaN").toString(), JsonFlaw.SYNTAX);
    json("Infinity", CLAIMS.with("exp", "Infinity").toString(), JsonFlaw.SYNTAX);
    json("a leading zero", CLAIMS.with("exp", "0" + (NOW + 300)).toString(), JsonFlaw.SYNTAX);
    json("a plus", CLAIMS.with("exp", "+" + (NOW + 300)).toString(), JsonFlaw.SYNTAX);
    json("hexadecimal", CLAIMS.with("exp", "0x7fffffff").toString(), JsonFlaw.SYNTAX);
    json("names without quotes", "{sub:1}", JsonFlaw.SYNTAX);
    json("half a character", CLAIMS.with("a", "\"\\udc00\"").toString(), JsonFlaw.LONE_SURROGATE);
    json("half in a name", CLAIMS.with("\\ud800", "1").toString(), JsonFlaw.SYNTAX);
    bytes("not UTF-8", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, JsonFlaw.NOT_UTF8);
    bytes(
        "overlong UTF-8",
        new byte[] {'{', '"', (byte) 0xc0, (byte) 0xa2, ':', '1', '}'},
        JsonFlaw.NOT_UTF8);
    bytes(
        "surrogates in UTF-8",
        new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '}'},
        JsonFlaw.NOT_UTF8);
    bytes("UTF-32", good.getBytes(java.nio.charset.Charset.forName("UTF-32BE")), JsonFlaw.SYNTAX);
  }

  private static String nested(int depth) {
    return CLAIMS.with("a", "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).toString();
  }

  private static String members(int more) {
    Raw claims = CLAIMS;
    for (int i : IntStream.range(0, more).toArray()) {
      claims = claims.with("m" + i, "1");
    }
    return claims.toString();
  }

  private void bytes(String name, byte[] payload, JsonFlaw flaw) {
    tokens.add(
        new HostileToken(
            "claims: " + name,
            Forge.token(HEADER.getBytes(StandardCharsets.UTF_8), payload, Issuer.P_256),
            TokenFlaw.PAYLOAD_JSON + " " + flaw));
  }

  private void times() {
    add("exp absent", CLAIMS.without("exp"), ClaimFlaw.EXPIRY_MISSING);
    for (String claim : List.of("exp", "iat", "nbf")) {
      for (String json :
          List.of(
              "null",
              "true",
              "\"\"",
              "\"" + (NOW + 10) + "\"",
              "[" + NOW + "]",
              "{}",
              "0",
              "-1",
              "-" + NOW,
              NOW + ".0",
              NOW + ".5",
              "1e9",
              "1e400",
              "1e999999999",
              "1E-400",
              (NOW + 10) + "000",
              "999999999",
              "10000000000",
              "9223372036854775807",
              "9223372036854775808",
              "99999999999999999999")) {
        add(claim + " " + json, CLAIMS.with(claim, json), ClaimFlaw.TIME_FORM);
      }
    }
    add("exp now, less skew", at(NOW - 200, NOW - 30), ClaimFlaw.EXPIRED);
    add("exp long ago", at(NOW - 7_200, NOW - 3_600), ClaimFlaw.EXPIRED);
    add("exp 2001", at(1_000_000_000L, 1_000_000_001L), ClaimFlaw.EXPIRED);
    add("iat ahead", at(NOW + 31, NOW + 300), ClaimFlaw.NOT_YET_VALID);
    add("nbf ahead", CLAIMS.with("nbf", Long.toString(NOW + 31)), ClaimFlaw.NOT_YET_VALID);
    add("exp before iat", at(NOW - 10, NOW - 11), ClaimFlaw.TIMES_CONTRADICT);
    add("exp at iat", at(NOW, NOW), ClaimFlaw.TIMES_CONTRADICT);
    add("exp before nbf", CLAIMS.with("nbf", Long.toString(NOW + 301)), ClaimFlaw.TIMES_CONTRADICT);
  }

  private static Raw at(long issued, long expiry) {
    return CLAIMS.with("iat", Long.toString(issued)).with("exp", Long.toString(expiry));
  }

  private void lives() {
    add("a day and a second", at(NOW - 10, NOW - 9 + 86_400), ClaimFlaw.LIFE_TOO_LONG);
    add("a year", at(NOW - 10, NOW + 31_536_000), ClaimFlaw.LIFE_TOO_LONG);
    add("to 2286", at(NOW, 9_999_999_999L), ClaimFlaw.LIFE_TOO_LONG);
    add("a year, begun a year ago", at(NOW - 31_535_000, NOW + 1_000), ClaimFlaw.LIFE_TOO_LONG);
    add(
        "a year without iat",
        CLAIMS.without("iat").with("exp", Long.toString(NOW + 31_536_000)),
        ClaimFlaw.LIFE_TOO_LONG);
  }

  private void issuers() {
    for (String issuer :
        List.of(
            "https://idp.example",
            "https://idp.example//",
            "https://IDP.example/",
            "HTTPS://idp.example/",
            "http://idp.example/",
            "https://idp.example/ ",
            "https://idp.example:443/",
            "https://idp.example/.",
            "https://idp.example/?",
            "https://idp.example.evil.example/",
            "https://user@idp.example/",
            "idp.example",
            "https://idp.example\\u3002/",
            "https://\\u0456dp.example/",
            "https://idp.example/\\u0000",
            "https://evil.example/")) {
      add("iss " + issuer, CLAIMS.with("iss", "\"" + issuer + "\""), ClaimFlaw.ISSUER_OTHER);
    }
    add("iss absent", CLAIMS.without("iss"), ClaimFlaw.ISSUER_OTHER);
    for (String json :
        List.of(
            "null", "1", "\"\"", "[\"https://idp.example/\"]", "\"" + "i".repeat(1_025) + "\"")) {
      add(
          "iss " + json.length() + " " + json.charAt(0),
          CLAIMS.with("iss", json),
          ClaimFlaw.ISSUER_FORM);
    }
  }

  private void audiences() {
    for (String json :
        List.of(
            "\"billing\"",
            "\"Orders\"",
            "\"orders \"",
            "\"orders,billing\"",
            "\"orders billing\"",
            "\"https://orders\"",
            "\"*\"",
            "[\"billing\",\"users\"]",
            "[\"orders/\"]")) {
      add("aud " + json, CLAIMS.with("aud", json), ClaimFlaw.AUDIENCE_OTHER);
    }
    add("aud absent", CLAIMS.without("aud"), ClaimFlaw.AUDIENCE_OTHER);
    for (String json :
        List.of(
            "null",
            "1",
            "true",
            "\"\"",
            "[]",
            "[\"\"]",
            "{\"orders\":true}",
            "[\"orders\",1]",
            "[\"orders\",null]",
            "[[\"orders\"]]",
            "[\"orders\",\"\"]")) {
      add("aud " + json, CLAIMS.with("aud", json), ClaimFlaw.AUDIENCE_FORM);
    }
  }

  private void subjects() {
    for (String json :
        List.of(
            "null",
            "\"\"",
            "7",
            "-1",
            "true",
            "[\"alice\"]",
            "{}",
            "\" alice\"",
            "\"alice \"",
            "\"alice\\n\"",
            "\"al\\u0000ice\"",
            "\"al\\u001bice\"",
            "\"al\\u0085ice\"",
            "\"al\\u2028ice\"",
            "\"\\u00a0alice\"",
            "\"alice\\u3000\"",
            "\" \"",
            "\"" + "a".repeat(256) + "\"")) {
      add("sub " + json, CLAIMS.with("sub", json), ClaimFlaw.SUBJECT_FORM);
    }
  }
}
