package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that no server may accept, each with the one reason and the check of its refusal. */
@Tag("attack")
final class RefusedTokensTest {

  private static final SigningKey RSA = Issuers.RSA;
  private static final SigningKey P_384 = Issuers.key(Algorithm.ES384);
  private static final long NOW = Issuers.NOW.getEpochSecond();

  private static Token good() {
    return Token.of(RSA, Issuers.IDP);
  }

  private static Arguments row(String name, Token token, String reason, String check) {
    return arguments(name, token.signed(RSA), reason, check);
  }

  private static Arguments row(String name, String token, String reason, String check) {
    return arguments(name, token, reason, check);
  }

  private static Token claim(String name, String json) {
    return good().claim(name, json);
  }

  static Stream<Arguments> tokens() {
    return Stream.of(
            ofIssuers(),
            ofKinds(),
            ofAudiences(),
            ofTimes(),
            ofSubjects(),
            ofClients(),
            ofActors(),
            ofSenders(),
            ofKeys(),
            ofForms())
        .flatMap(List::stream);
  }

  private static List<Arguments> ofIssuers() {
    String reason = "ISSUER_NOT_ALLOWED";
    String check = "iss is not a configured issuer";
    return List.of(
        row("issuer with a slash", claim("iss", "\"https://idp.example/\""), reason, check),
        row("issuer in capitals", claim("iss", "\"https://IDP.example\""), reason, check),
        row("issuer by http", claim("iss", "\"http://idp.example\""), reason, check),
        row("issuer with a port", claim("iss", "\"https://idp.example:443\""), reason, check),
        row("issuer with a suffix", claim("iss", "\"https://idp.example.evil\""), reason, check),
        row("issuer with a user", claim("iss", "\"https://idp.example@evil\""), reason, check),
        row("issuer with a path", claim("iss", "\"https://idp.example/a\""), reason, check),
        row("issuer with a space", claim("iss", "\"https://idp.example \""), reason, check),
        row("issuer cut", claim("iss", "\"https://idp.exampl\""), reason, check),
        row("issuer with NUL", claim("iss", "\"https://idp.example\\u0000\""), reason, check),
        row("issuer in a look-alike", claim("iss", "\"https://\\u0456dp.example\""), reason, check),
        row("another issuer", claim("iss", "\"https://evil.example\""), reason, check),
        row("empty issuer", claim("iss", "\"\""), reason, check),
        row("issuer in a list", claim("iss", "[\"https://idp.example\"]"), "CLAIM_INVALID", "iss"),
        row("issuer null", claim("iss", "null"), "CLAIM_INVALID", "iss is absent"),
        row("no issuer", good().without("iss"), "CLAIM_INVALID", "iss is absent"));
  }

  private static List<Arguments> ofKinds() {
    String reason = "CREDENTIAL_KIND_WRONG";
    return List.of(
        row("typ JWT", good().header("typ", "\"JWT\""), reason, "typ"),
        row("no typ", good().withoutHeader("typ"), reason, "typ"),
        row("typ at+jwt with a parameter", good().header("typ", "\"at+jwt;v=1\""), reason, "typ"),
        row(
            "typ of a client",
            good().header("typ", "\"client-authentication+jwt\""),
            reason,
            "typ"),
        row("typ of DPoP", good().header("typ", "\"dpop+jwt\""), reason, "typ"),
        row("typ of a logout token", good().header("typ", "\"logout+jwt\""), reason, "typ"),
        row("typ text/at+jwt", good().header("typ", "\"text/at+jwt\""), reason, "typ"),
        row("ID token by nonce", claim("nonce", "\"n\""), reason, "ID token"),
        row("ID token by at_hash", claim("at_hash", "\"h\""), reason, "ID token"),
        row("ID token by c_hash", claim("c_hash", "\"h\""), reason, "ID token"),
        row("nonce null", claim("nonce", "null"), reason, "ID token"),
        row("security event", claim("events", "{}"), reason, "event"),
        row(
            "algorithm that is not the issuer's",
            Token.of(P_384, Issuers.IDP).signed(P_384),
            reason,
            "alg"),
        row("RS512 in the name of RS256", good().header("alg", "\"RS512\""), reason, "alg"));
  }

  private static List<Arguments> ofAudiences() {
    String reason = "AUDIENCE_MISMATCH";
    String check = "aud does not name this server";
    return List.of(
        row("another audience", claim("aud", "\"billing\""), reason, check),
        row("no audience", good().without("aud"), reason, check),
        row("audience in capitals", claim("aud", "\"Orders\""), reason, check),
        row("audience with a space", claim("aud", "\"orders \""), reason, check),
        row("two audiences in one text", claim("aud", "\"orders billing\""), reason, check),
        row("audience with a suffix", claim("aud", "\"orders2\""), reason, check),
        row("list of others", claim("aud", "[\"billing\",\"ordersx\"]"), reason, check),
        row("the client as audience", claim("aud", "\"checkout\""), reason, check),
        row("empty list", claim("aud", "[]"), "CLAIM_INVALID", "aud"),
        row("list with a number", claim("aud", "[\"orders\",1]"), "CLAIM_INVALID", "aud"),
        row("list with a list", claim("aud", "[[\"orders\"]]"), "CLAIM_INVALID", "aud"),
        row("audience null", claim("aud", "null"), "CLAIM_INVALID", "aud"),
        row("audience as object", claim("aud", "{\"orders\":1}"), "CLAIM_INVALID", "aud"));
  }

  private static List<Arguments> ofTimes() {
    String expired = "CREDENTIAL_EXPIRED";
    String invalid = "CLAIM_INVALID";
    String early = "CREDENTIAL_NOT_YET_VALID";
    Token old = claim("iat", Long.toString(NOW - 300));
    return List.of(
        row("expires now", old.claim("exp", Long.toString(NOW)), expired, "exp"),
        row("expired a second ago", old.claim("exp", Long.toString(NOW - 1)), expired, "exp"),
        row("expired a minute ago", old.claim("exp", Long.toString(NOW - 60)), expired, "exp"),
        row("no exp", good().without("exp"), invalid, "exp"),
        row("exp null", claim("exp", "null"), invalid, "exp"),
        row("exp as text", claim("exp", "\"" + (NOW + 300) + "\""), invalid, "time"),
        row("exp with a fraction", claim("exp", NOW + 300 + ".5"), invalid, "time"),
        row("exp with an exponent", claim("exp", "2e9"), invalid, "time"),
        row("exp in milliseconds", claim("exp", (NOW + 300) + "000"), invalid, "time"),
        row("exp beyond 64 bits", claim("exp", "99999999999999999999"), invalid, "time"),
        row("exp negative", claim("exp", "-1"), invalid, "time"),
        row("exp before iat", claim("exp", Long.toString(NOW - 1)), invalid, "exp"),
        row(
            "a life of a day and a second",
            claim("exp", Long.toString(NOW + 86_401)),
            invalid,
            "longer"),
        row("a life of a year", claim("exp", Long.toString(NOW + 31_536_000)), invalid, "longer"),
        row(
            "a life without beginning",
            good().without("iat").claim("exp", Long.toString(NOW + 300)),
            invalid,
            "time"),
        row("iat ahead", claim("iat", Long.toString(NOW + 31)), early, "iat"),
        row("nbf ahead", claim("nbf", Long.toString(NOW + 31)), early, "nbf"),
        row("iat as text", claim("iat", "\"now\""), invalid, "time"),
        row("nbf null", claim("nbf", "null"), invalid, "time"));
  }

  private static List<Arguments> ofSubjects() {
    String reason = "CLAIM_INVALID";
    return List.of(
        row("no subject", good().without("sub"), reason, "sub"),
        row("empty subject", claim("sub", "\"\""), reason, "sub"),
        row("subject null", claim("sub", "null"), reason, "sub"),
        row("subject a number", claim("sub", "7"), reason, "sub"),
        row("subject a pattern", claim("sub", "\"*\""), reason, "sub"),
        row("subject with a star", claim("sub", "\"repo:acme/*\""), reason, "sub"),
        row("subject with a line", claim("sub", "\"alice\\nbob\""), reason, "sub"),
        row("subject with an outer space", claim("sub", "\"alice \""), reason, "sub"),
        row("subject in a look-alike", claim("sub", "\"\\u0430lice\""), reason, "sub"),
        row("subject too long", claim("sub", Token.quoted("a".repeat(256))), reason, "sub"));
  }

  private static List<Arguments> ofClients() {
    String reason = "CLAIM_INVALID";
    return List.of(
        row("azp differs", claim("azp", "\"other\""), reason, "client_id or azp"),
        row("client null", claim("client_id", "null"), reason, "client_id or azp"),
        row("client a list", claim("client_id", "[\"checkout\"]"), reason, "client_id or azp"),
        row("client a pattern", claim("client_id", "\"*\""), reason, "client_id or azp"),
        row("scope a number", claim("scope", "1"), reason, "scope"),
        row("scope of a list with a number", claim("scope", "[1]"), reason, "scope"),
        row("scope with a line", claim("scope", "\"a\\nb\""), reason, "scope"),
        row("scope with two spaces", claim("scope", "\"a  b\""), reason, "scope"),
        row("scope null", claim("scope", "null"), reason, "scope"));
  }

  private static List<Arguments> ofActors() {
    String reason = "CLAIM_INVALID";
    return List.of(
        row("five actors", claim("act", Acts.nested(5)), reason, "act"),
        row("actor a text", claim("act", "\"agent\""), reason, "act"),
        row("actor null", claim("act", "null"), reason, "act"),
        row("actor a list", claim("act", "[{\"sub\":\"agent\"}]"), reason, "act"),
        row("actor without subject", claim("act", "{}"), reason, "act"),
        row("actor by client alone", claim("act", "{\"client_id\":\"agent\"}"), reason, "act"),
        row("actor a number", claim("act", "{\"sub\":7}"), reason, "act"),
        row("actor a pattern", claim("act", "{\"sub\":\"*\"}"), reason, "act"),
        row(
            "actor of another issuer",
            claim("act", "{\"sub\":\"agent\",\"iss\":\"https://evil.example\"}"),
            reason,
            "act"),
        row(
            "actor of an issuer that is no text",
            claim("act", "{\"sub\":\"agent\",\"iss\":null}"),
            reason,
            "act"),
        row(
            "second actor of another issuer",
            claim(
                "act", "{\"sub\":\"a\",\"act\":{\"sub\":\"b\",\"iss\":\"https://evil.example\"}}"),
            reason,
            "act"));
  }

  private static List<Arguments> ofSenders() {
    String reason = "SENDER_MISMATCH";
    String hash = "A".repeat(43);
    return List.of(
        row(
            "bound to a certificate",
            claim("cnf", "{\"x5t#S256\":\"" + hash + "\"}"),
            reason,
            "cnf"),
        row("bound by DPoP", claim("cnf", "{\"jkt\":\"" + hash + "\"}"), reason, "cnf"),
        row("bound to a key", claim("cnf", "{\"jwk\":{}}"), reason, "cnf"),
        row("bound to a key by name", claim("cnf", "{\"kid\":\"k\"}"), reason, "cnf"),
        row("bound to nothing", claim("cnf", "{}"), reason, "cnf"),
        row("binding null", claim("cnf", "null"), reason, "cnf"),
        row("binding a text", claim("cnf", Token.quoted(hash)), reason, "cnf"),
        row("binding a list", claim("cnf", "[]"), reason, "cnf"),
        row("hash null", claim("cnf", "{\"x5t#S256\":null}"), reason, "cnf"),
        row("hash padded", claim("cnf", "{\"x5t#S256\":\"" + hash + "=\"}"), reason, "cnf"),
        row(
            "bound in two ways",
            claim("cnf", "{\"x5t#S256\":\"" + hash + "\",\"jkt\":\"" + hash + "\"}"),
            reason,
            "cnf"));
  }

  private static List<Arguments> ofKeys() {
    Token good = good();
    return List.of(
        arguments(
            "signed by another key",
            Token.of(Issuers.EC, Issuers.IDP).signed(Issuers.OTHER),
            "SIGNATURE_INVALID",
            "signature"),
        row("kid of no key", good.header("kid", "\"none\""), "KEY_UNKNOWN", "kid"),
        row("no kid, and several keys", good.withoutHeader("kid"), "KEY_UNKNOWN", "kid"),
        row("kid with a path", good.header("kid", "\"../../dev/null\""), "KEY_UNKNOWN", "kid"),
        row("kid of a query", good.header("kid", "\"' or 1=1\""), "KEY_UNKNOWN", "kid"),
        arguments(
            "the key of another algorithm",
            good.header("kid", Token.quoted(Issuers.EC.kid())).signed(RSA),
            "KEY_UNKNOWN",
            "kid"),
        arguments(
            "ES256 with the id of the key of RSA",
            good.header("alg", "\"ES256\"").signed(Issuers.EC),
            "KEY_UNKNOWN",
            "kid"));
  }

  private static List<Arguments> ofForms() {
    String text = good().signed(RSA);
    String reason = "CREDENTIAL_MALFORMED";
    return List.of(
        row("alg none", good().header("alg", "\"none\""), reason, "alg"),
        row("HS256", good().header("alg", "\"HS256\""), reason, "alg"),
        row("jku", good().header("jku", "\"https://evil.example\""), reason, "header"),
        row("jwk", good().header("jwk", "{}"), reason, "header"),
        row("crit", good().header("crit", "[]"), reason, "header"),
        row("padded", text + "=", reason, "base64url"),
        row("a space after it", text + " ", reason, "base64url"),
        row("a line after it", text + "\n", reason, "base64url"),
        row("no signature", text.substring(0, text.lastIndexOf('.') + 1), reason, "parts"),
        row("two dots alone", "..", reason, "parts"),
        row("too long", text + "A".repeat(8_192), reason, "longer"),
        row("claims in two spellings", claim("aud\",\"aud", "\"orders\""), reason, "payload"),
        row("four parts", text + ".", reason, ""),
        row("empty", "", reason, ""),
        row("one word, and no issuer is asked", "a".repeat(40), reason, ""));
  }

  @Test
  void tokens_areManyAndDiffer() {
    assertThat(tokens()).hasSizeGreaterThanOrEqualTo(120);
    assertThat(tokens().map(row -> row.get()[0])).doesNotHaveDuplicates();
    assertThat(tokens().map(row -> row.get()[1])).doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  void verify_hostileToken_isRefusedByItsCheck(
      String name, String token, String reason, String check) {
    try (Bench bench = Bench.usual()) {
      var verdict = bench.verify(token);

      assertThat(Bench.word(verdict)).as(name).isEqualTo("refused " + reason);
      assertThat(Bench.facts(verdict)).contains(check).doesNotContain(signature(token));
    }
  }

  private static String signature(String token) {
    String last = token.substring(token.lastIndexOf('.') + 1).strip();
    return last.length() > 20 && last.length() < 4_000 ? last : "no signature to be found";
  }

  /** That none of these pass for the reason that none does. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("variations")
  void verify_goodVariation_isVerified(String name, String token) {
    try (Bench bench = Bench.usual()) {
      assertThat(bench.word(token)).as(name).isEqualTo("verified");
    }
  }

  static Stream<Arguments> variations() {
    return Stream.of(
        arguments("as it is", good().signed(RSA)),
        arguments("typ in capitals", good().header("typ", "\"AT+JWT\"").signed(RSA)),
        arguments("typ in full", good().header("typ", "\"application/at+jwt\"").signed(RSA)),
        arguments("several audiences", claim("aud", "[\"billing\",\"orders\"]").signed(RSA)),
        arguments("azp and client_id", claim("azp", "\"checkout\"").signed(RSA)),
        arguments("no client", good().without("client_id").signed(RSA)),
        arguments("a day of life", claim("exp", Long.toString(NOW + 86_400)).signed(RSA)),
        arguments("a clock ahead by 30 s", claim("iat", Long.toString(NOW + 30)).signed(RSA)),
        arguments("four actors", claim("act", Acts.nested(4)).signed(RSA)),
        arguments("empty scope", claim("scope", "\"\"").signed(RSA)),
        arguments("x5t in the header", good().header("x5t", "\"a\"").signed(RSA)),
        arguments("ES256", Token.of(Issuers.EC, Issuers.IDP).signed(Issuers.EC)));
  }
}
