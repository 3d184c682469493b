package dev.rolecall.jwt;

import dev.rolecall.jwt.Forge.Raw;
import dev.rolecall.jwt.json.JsonFlaw;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySearch;
import dev.rolecall.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hostile tokens by their header. Each is signed well by a key of the issuer. */
final class HostileHeaders {

  private static final String CLAIMS = Issuer.claims().toString();
  private static final Raw HEADER = Issuer.header(Issuer.P_256);

  /** A header that brings or asks for something, by the member that does. */
  private static final Map<String, String> FORBIDDEN =
      Map.ofEntries(
          Map.entry("crit", "[]"),
          Map.entry("crit ", "[\"exp\"]"),
          Map.entry("crit  ", "[\"b64\"]"),
          Map.entry("crit   ", "null"),
          Map.entry("jwk", "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}"),
          Map.entry("jwk ", "null"),
          Map.entry("jku", "\"https://evil.example/keys\""),
          Map.entry("jku ", "\"https://idp.example@evil.example/keys\""),
          Map.entry("x5u", "\"https://evil.example/cert\""),
          Map.entry("x5c", "[\"AAAA\"]"),
          Map.entry("b64", "false"),
          Map.entry("b64 ", "true"),
          Map.entry("zip", "\"DEF\""),
          Map.entry("enc", "\"A128GCM\""),
          Map.entry("cty", "\"JWT\""));

  private final List<HostileToken> tokens = new ArrayList<>();

  private HostileHeaders() {}

  static Stream<HostileToken> all() {
    HostileHeaders headers = new HostileHeaders();
    headers.members();
    headers.json();
    headers.algorithms();
    headers.keyIds();
    headers.types();
    return headers.tokens.stream();
  }

  private void add(String name, Object header, Object outcome) {
    add(name, header, Issuer.P_256, outcome);
  }

  private void add(String name, Object header, SigningKey key, Object outcome) {
    tokens.add(
        new HostileToken(
            "header: " + name, Forge.token(header.toString(), CLAIMS, key), outcome.toString()));
  }

  private void members() {
    FORBIDDEN.forEach(
        (name, json) ->
            add(name + " " + json, HEADER.with(name.strip(), json), TokenFlaw.HEADER_FORBIDDEN));
    add("unknown member", HEADER.with("foo", "\"bar\""), TokenFlaw.HEADER_UNKNOWN);
    add("alg in capitals beside alg", HEADER.with("ALG", "\"none\""), TokenFlaw.HEADER_UNKNOWN);
    add("p2c", HEADER.with("p2c", "2147483647"), TokenFlaw.HEADER_UNKNOWN);
    add("epk", HEADER.with("epk", "{}"), TokenFlaw.HEADER_UNKNOWN);
    add("claims in the header", HEADER.with("iss", "\"x\""), TokenFlaw.HEADER_UNKNOWN);
    add("x5t is a number", HEADER.with("x5t", "1"), TokenFlaw.HEADER_NOT_TEXT);
    add("kid is a number", HEADER.with("kid", "1"), TokenFlaw.HEADER_NOT_TEXT);
    add("kid is null", HEADER.with("kid", "null"), TokenFlaw.HEADER_NOT_TEXT);
    add(
        "kid is a list",
        HEADER.with("kid", "[\"" + Issuer.P_256.kid() + "\"]"),
        TokenFlaw.HEADER_NOT_TEXT);
    add("alg is a list", HEADER.with("alg", "[\"RS256\"]"), TokenFlaw.HEADER_NOT_TEXT);
    add("typ is null", HEADER.with("typ", "null"), TokenFlaw.HEADER_NOT_TEXT);
  }

  private void json() {
    String good = HEADER.toString();
    String inner = good.substring(1, good.length() - 1);
    json("alg twice", "{\"alg\":\"none\"," + inner + "}", JsonFlaw.DUPLICATE_NAME);
    json("kid twice", "{" + inner + ",\"kid\":\"x\"}", JsonFlaw.DUPLICATE_NAME);
    json("alg twice, escaped", "{\"\\u0061lg\":\"none\"," + inner + "}", JsonFlaw.DUPLICATE_NAME);
    json("a list", "[" + good + "]", JsonFlaw.NOT_AN_OBJECT);
    json("a text", "\"RS256\"", JsonFlaw.NOT_AN_OBJECT);
    json("something behind it", good + "{}", JsonFlaw.TRAILING);
    json("a comment", "{/**/" + inner + "}", JsonFlaw.SYNTAX);
    json("single quotes", good.replace('"', '\''), JsonFlaw.SYNTAX);
    json("a comma too many", "{" + inner + ",}", JsonFlaw.SYNTAX);
    json("NUL behind it", good + "\u0000", JsonFlaw.SYNTAX);
    json("a control in a text", good.replace("at+jwt", "at\u0001jwt"), JsonFlaw.SYNTAX);
    json("byte order mark", "\ufeff" + good, JsonFlaw.BYTE_ORDER_MARK);
    json("longer than 1 KiB", good + " ".repeat(1_024), JsonFlaw.TOO_LONG);
    json("nesting", "{\"x5t\":" + "[".repeat(9) + "]".repeat(9) + "}", JsonFlaw.TOO_DEEP);
    json("half a character", "{\"kid\":\"\\ud83d\"," + inner + "}", JsonFlaw.LONE_SURROGATE);
    tokens.add(
        new HostileToken(
            "header: UTF-16",
            Forge.token(
                good.getBytes(StandardCharsets.UTF_16LE),
                CLAIMS.getBytes(StandardCharsets.UTF_8),
                Issuer.P_256),
            TokenFlaw.HEADER_JSON + " " + JsonFlaw.SYNTAX));
  }

  private void json(String name, String header, JsonFlaw flaw) {
    add(name, header, TokenFlaw.HEADER_JSON + " " + flaw);
  }

  private void algorithms() {
    for (String alg :
        List.of(
            "none",
            "None",
            "NONE",
            "nOnE",
            "",
            " ",
            "HS256",
            "HS384",
            "HS512",
            "rs256",
            "RS256 ",
            "RS1",
            "RS",
            "ES256K",
            "ES521",
            "RSA-OAEP",
            "A128KW",
            "dir",
            "Ed448",
            "SHA256withRSA",
            "RS256\\u0000")) {
      add("alg '" + alg + "'", HEADER.with("alg", "\"" + alg + "\""), TokenFlaw.ALGORITHM);
    }
    add("alg absent", HEADER.without("alg"), TokenFlaw.ALGORITHM);
    add(
        "RS512 that is not allowed",
        HEADER.with("alg", "\"RS512\""),
        TestKeys.key(Algorithm.RS512),
        KeySearch.Reason.ALGORITHM_NOT_ALLOWED);
    add(
        "PS256 that is not allowed",
        HEADER.with("alg", "\"PS256\""),
        TestKeys.key(Algorithm.PS256),
        KeySearch.Reason.ALGORITHM_NOT_ALLOWED);
    confused("ES256 with the RSA key", Algorithm.ES256, Issuer.RSA);
    confused("ES256 with the P-384 key", Algorithm.ES256, Issuer.P_384);
    confused("ES384 with the P-256 key", Algorithm.ES384, Issuer.P_256);
    confused("RS256 with the P-256 key", Algorithm.RS256, Issuer.P_256);
    confused("EdDSA with the P-256 key", Algorithm.EDDSA, Issuer.P_256);
    confused("RS256 with the Ed25519 key", Algorithm.RS256, Issuer.ED);
  }

  private void confused(String name, Algorithm algorithm, SigningKey key) {
    add(name, Issuer.header(key).with("alg", "\"" + algorithm + "\""), key, KeySearch.Reason.UNFIT);
  }

  private void keyIds() {
    for (String kid :
        List.of(
            "../../../dev/null",
            "/etc/passwd",
            "' OR '1'='1",
            "https://evil.example/key",
            "0",
            Issuer.P_256.kid() + " ",
            Issuer.P_256.kid().toLowerCase(java.util.Locale.ROOT),
            "null",
            "k".repeat(256),
            "enc-1",
            "small-1",
            "one-1",
            "twice-1",
            "private-1",
            "oct-1")) {
      add("kid '" + kid + "'", HEADER.with("kid", "\"" + kid + "\""), KeySearch.Reason.UNKNOWN);
    }
    for (String kid : List.of("", "k".repeat(257), "\\u0000", "a\\nb", "k\\u00e4", "\\u200bk")) {
      add("kid '" + kid + "'", HEADER.with("kid", "\"" + kid + "\""), TokenFlaw.KEY_ID);
    }
    add("no kid, of several keys", HEADER.without("kid"), KeySearch.Reason.NOT_NAMED);
  }

  private void types() {
    for (String type :
        List.of(
            "JWT",
            "jwt",
            "at+JWT2",
            "at+jwt ",
            " at+jwt",
            "at +jwt",
            "application/",
            "id+jwt",
            "application/application/at+jwt",
            "text/at+jwt",
            "dpop+jwt",
            "logout+jwt",
            "secevent+jwt",
            "client-authentication+jwt",
            "application/at+jwt;v=1")) {
      add("typ '" + type + "'", HEADER.with("typ", "\"" + type + "\""), "TYPE_OTHER");
    }
    add("typ absent", HEADER.without("typ"), "TYPE_OTHER");
    for (String type : List.of("", "at+jwt\\n", "at+jwt\\u0000", "\\u0430t+jwt", "t".repeat(129))) {
      add("typ '" + type + "'", HEADER.with("typ", "\"" + type + "\""), TokenFlaw.TYPE);
    }
  }
}
