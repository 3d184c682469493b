package dev.rolecall.txntoken;

import static dev.rolecall.identity.RefusalReason.AUDIENCE_MISMATCH;
import static dev.rolecall.identity.RefusalReason.CLAIM_INVALID;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_EXPIRED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_KIND_WRONG;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MALFORMED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_NOT_YET_VALID;
import static dev.rolecall.identity.RefusalReason.ISSUER_NOT_ALLOWED;
import static dev.rolecall.identity.RefusalReason.KEY_UNKNOWN;
import static dev.rolecall.identity.RefusalReason.SIGNATURE_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Fact;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are refused, each for one flaw in a token that is good otherwise. */
@Tag("attack")
final class RefusedTokensTest {

  private final PassingScene scene = new PassingScene();
  private final SigningKey key = scene.keys.current();
  private final ForgedToken good = ForgedToken.good(key.kid());

  @AfterEach
  void close() {
    scene.close();
  }

  /** A change of a good token. */
  private record Flaw(String name, RefusalReason reason, UnaryOperator<ForgedToken> change) {
    @Override
    public String toString() {
      return name + " -> " + reason;
    }
  }

  private static final class Table {
    private final List<Flaw> flaws = new ArrayList<>();

    Table header(RefusalReason reason, String name, String... values) {
      for (String json : values) {
        flaws.add(new Flaw(name + " " + json, reason, token -> token.header(name, json)));
      }
      return this;
    }

    Table claim(RefusalReason reason, String name, String... values) {
      for (String json : values) {
        flaws.add(new Flaw(name + " " + json, reason, token -> token.claim(name, json)));
      }
      return this;
    }

    Table requester(RefusalReason reason, String name, String... values) {
      for (String json : values) {
        flaws.add(new Flaw("rctx." + name + " " + json, reason, t -> t.requester(name, json)));
      }
      return this;
    }

    Table change(RefusalReason reason, String name, UnaryOperator<ForgedToken> change) {
      flaws.add(new Flaw(name, reason, change));
      return this;
    }
  }

  static Stream<Flaw> flaws() {
    Table table = new Table();
    headers(table);
    registered(table);
    own(table);
    requesters(table);
    return table.flaws.stream();
  }

  private static void headers(Table table) {
    table
        .header(CREDENTIAL_KIND_WRONG, "typ", "\"at+jwt\"", "\"JWT\"", "\"txntoken\"")
        .change(CREDENTIAL_KIND_WRONG, "no typ", token -> token.withoutHeader("typ"))
        .header(CREDENTIAL_KIND_WRONG, "alg", "\"RS512\"", "\"PS256\"", "\"ES384\"")
        .header(CREDENTIAL_MALFORMED, "alg", "\"none\"", "\"HS256\"", "\"es256\"", "null")
        .change(CREDENTIAL_MALFORMED, "no alg", token -> token.withoutHeader("alg"))
        .header(KEY_UNKNOWN, "alg", "\"RS256\"", "\"EdDSA\"")
        .header(KEY_UNKNOWN, "kid", "\"another\"")
        .header(CREDENTIAL_MALFORMED, "kid", "\"\"", "1")
        .change(CREDENTIAL_MALFORMED, "no kid", token -> token.withoutHeader("kid"))
        .header(CREDENTIAL_MALFORMED, "crit", "[\"exp\"]")
        .header(CREDENTIAL_MALFORMED, "jwk", "{}")
        .header(CREDENTIAL_MALFORMED, "jku", "\"https://evil.example\"");
  }

  private static void registered(Table table) {
    table
        .claim(
            AUDIENCE_MISMATCH, "aud", "\"test.example\"", "\"prod.example/\"", "\"Prod.example\"")
        .claim(
            CLAIM_INVALID,
            "aud",
            "[\"prod.example\"]",
            "[\"prod.example\",\"x\"]",
            "[]",
            "\"\"",
            "1",
            "null")
        .change(CLAIM_INVALID, "no aud", token -> token.withoutClaim("aud"))
        // It is 22:18:45.9, which is 1795299525.9.
        .change(
            CREDENTIAL_EXPIRED,
            "ended at this second",
            token -> token.claim("iat", "1795299500").claim("exp", "1795299525"))
        .claim(CLAIM_INVALID, "exp", "1795299525", "1795299585.5", "\"1795299585\"", "null", "60")
        .change(CLAIM_INVALID, "no exp", token -> token.withoutClaim("exp"))
        .claim(CLAIM_INVALID, "iat", "1795299585", "\"1795299525\"", "1795299525000", "null")
        .change(CLAIM_INVALID, "no iat", token -> token.withoutClaim("iat"))
        .claim(CREDENTIAL_NOT_YET_VALID, "iat", "1795299556")
        .claim(CREDENTIAL_NOT_YET_VALID, "nbf", "1795299556")
        .claim(CLAIM_INVALID, "nbf", "\"now\"", "1795299585")
        .change(
            CLAIM_INVALID,
            "a life of an hour and a second",
            token -> token.claim("exp", "1795303126"))
        .claim(CLAIM_INVALID, "iss", "1", "\"\"");
  }

  private static void own(Table table) {
    table
        .claim(AUDIENCE_MISMATCH, "scope", "\"billing\"", "\"billing shipping\"", "\"orders2\"")
        .claim(
            CLAIM_INVALID,
            "scope",
            "\"\"",
            "\" orders\"",
            "\"orders \"",
            "\"orders  billing\"",
            "\"orders,billing\"",
            "\"Orders\"",
            "[\"orders\"]",
            "null",
            "\"orders" + " a".repeat(1_024) + "\"")
        .change(CLAIM_INVALID, "no scope", token -> token.withoutClaim("scope"))
        .claim(
            CLAIM_INVALID, "txn", "\"\"", "\"a b\"", "\"" + "t".repeat(129) + "\"", "7", "\"\\n\"")
        .change(CLAIM_INVALID, "no txn", token -> token.withoutClaim("txn"))
        .claim(CLAIM_INVALID, "req_wl", "\"\"", "\"a b\"", "7", "{}")
        .change(CLAIM_INVALID, "no req_wl", token -> token.withoutClaim("req_wl"))
        .claim(CLAIM_INVALID, "act", "{\"sub\":\"key:ci\"}")
        .claim(CLAIM_INVALID, "cnf", "{}")
        .claim(
            CLAIM_INVALID,
            "sub",
            "\"\"",
            "\"checkout\"",
            "\"arn:aws:iam::111122223333:role/path/checkout\"",
            "\"arn:aws:iam::111122223333:role/*\"",
            "\"arn:aws:sts::111122223333:assumed-role/checkout/one\"",
            "[\"" + PassingScene.CHECKOUT + "\"]",
            "7",
            "null")
        .change(CLAIM_INVALID, "no sub", token -> token.withoutClaim("sub"));
    Stream.of(
            "oidc:other:user",
            "dns:other:api.example.com",
            "dns:mesh:api.example.com",
            "spiffe://other.example/a",
            "spiffe://sub.mesh.example/a")
        .forEach(
            sub ->
                table.change(
                    ISSUER_NOT_ALLOWED,
                    "sub " + sub,
                    token -> token.claim("sub", "\"" + sub + "\"").withoutRequester("role_id")));
    table.change(CLAIM_INVALID, "role_id of no role", token -> token.claim("sub", "\"key:ci\""));
  }

  private static void requesters(Table table) {
    table
        .change(CLAIM_INVALID, "rctx null", token -> token.requesterOf("null"))
        .change(CLAIM_INVALID, "rctx text", token -> token.requesterOf("\"aws-iam\""))
        .change(CLAIM_INVALID, "rctx list", token -> token.requesterOf("[]"))
        .change(CLAIM_INVALID, "rctx empty", token -> token.requesterOf("{}"))
        .requester(
            CLAIM_INVALID,
            "authn",
            "\"\"",
            "\"AWS\"",
            "\"a b\"",
            "\"" + "a".repeat(33) + "\"",
            "null")
        .requester(CLAIM_INVALID, "role_id", "\"\"", "\"AIDAEXAMPLE000000001\"", "7", "null")
        .requester(
            CLAIM_INVALID, "session", "\"\"", "\"a b\"", "\"" + "s".repeat(65) + "\"", "null")
        .requester(
            CLAIM_INVALID,
            "actors",
            "[]",
            "null",
            "\"key:ci\"",
            "[7]",
            "[\"ci\"]",
            "[\"key:a\",\"key:b\",\"key:c\",\"key:d\",\"key:e\"]",
            "[[\"key:a\"]]")
        .requester(ISSUER_NOT_ALLOWED, "actors", "[\"key:ci\",\"oidc:other:agent\"]")
        .requester(
            CLAIM_INVALID,
            "req_ip",
            "\"\"",
            "\"localhost\"",
            "\"fe80::1%eth0\"",
            "\"" + "1".repeat(46) + "\"",
            "null");
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void read_tokenWithAFlaw_isRefusedForIt(Flaw flaw) {
    assertThat(scene.read(flaw.change().apply(good).signedBy(key)))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(flaw.reason()));
  }

  @Test
  void read_tokenWithoutFlaw_isVerified() {
    assertThat(scene.read(good.signedBy(key))).isInstanceOf(Verification.Verified.class);
  }

  /** A change within the rules. */
  private record Difference(String name, UnaryOperator<ForgedToken> change) {
    @Override
    public String toString() {
      return name;
    }

    static Difference header(String name, String json) {
      return new Difference(name + " " + json, token -> token.header(name, json));
    }

    static Difference claim(String name, String json) {
      return new Difference(name + " " + json, token -> token.claim(name, json));
    }

    static Difference requester(String name, String json) {
      return new Difference("rctx." + name + " " + json, token -> token.requester(name, json));
    }
  }

  static Stream<Difference> differences() {
    return Stream.of(
        Difference.header("typ", "\"application/txntoken+jwt\""),
        Difference.header("typ", "\"TxnToken+JWT\""),
        Difference.claim("scope", "\"billing orders\""),
        Difference.claim("scope", "\"orders shipping\""),
        Difference.claim("scope", "\"orders" + " a".repeat(1_021) + "\""),
        Difference.claim("txn", "\"" + "t".repeat(128) + "\""),
        Difference.claim("txn", "\"!~\""),
        Difference.claim("iat", "1795299555"),
        Difference.claim("nbf", "1795299555"),
        Difference.claim("exp", "1795303125"),
        Difference.claim("exp", "1795299526"),
        Difference.claim("iss", "\"https://edge.example\""),
        Difference.claim("purp", "\"anything\""),
        Difference.claim("tctx", "{\"method\":\"a.B/C\"}"),
        Difference.claim("req_wl", "\"" + "w".repeat(1_000) + "\""),
        Difference.requester("req_ip", "\"192.0.2.7\""),
        Difference.requester("req_ip", "\"2001:DB8::7\""),
        Difference.requester("actors", "[\"key:a\",\"key:b\",\"key:c\",\"oidc:okta:d\"]"),
        Difference.requester("authn", "\"" + "a".repeat(32) + "\""),
        Difference.requester("session", "\"" + "s".repeat(64) + "\""),
        Difference.requester("later", "{}"),
        new Difference("no role_id", token -> token.withoutRequester("role_id")),
        new Difference("no session", token -> token.withoutRequester("session")));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void read_tokenThatDiffersWithinTheRules_isVerified(Difference difference) {
    assertThat(scene.read(difference.change().apply(good).signedBy(key)))
        .isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c", "a.b.c.d", "txn-token", "\u00fc.a.b"})
  void read_textThatIsNoToken_isMalformed(String text) {
    assertThat(scene.read(text))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(CREDENTIAL_MALFORMED));
  }

  @Test
  void read_tokenThatIsTooLong_isMalformed() {
    String text = good.claim("pad", "\"" + "p".repeat(3_000) + "\"").signedBy(key);
    assertThat(text.length()).isGreaterThan(4_096);

    assertThat(scene.read(text)).isInstanceOf(Verification.Refused.class);
  }

  @Test
  void read_signatureOfAnotherKey_isInvalid() {
    SigningKey other = SigningKey.generate(Algorithm.ES256, new SecureRandom());

    assertThat(scene.read(good.signedBy(other)))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(SIGNATURE_INVALID));
  }

  @Test
  void read_changeOfASignedToken_isInvalid() {
    String token = good.signedBy(key);
    String other = good.claim("txn", "\"txn-2\"").signedBy(key);
    String mixed =
        token.substring(0, token.indexOf('.'))
            + other.substring(other.indexOf('.'), other.lastIndexOf('.'))
            + token.substring(token.lastIndexOf('.'));

    assertThat(scene.read(mixed))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(SIGNATURE_INVALID));
  }

  @Test
  void read_refusal_hasFactsForAnOperator_andNothingOfTheSignature() {
    String token = good.claim("scope", "\"billing\"").signedBy(key);

    Optional<Facts> facts = ((Verification.Refused) scene.read(token)).facts();

    assertThat(facts.orElseThrow().list())
        .containsExactly(
            new Fact("check", "check", "scope does not name this server"),
            new Fact("subject", "subject", PassingScene.CHECKOUT),
            new Fact("token_id", "token id", "txn-1"),
            new Fact("key_id", "key id", key.kid()));
    assertThat(facts.orElseThrow().size())
        .isEqualTo(2 * (PassingScene.CHECKOUT.length() + 5 + key.kid().length()));
    assertThat(facts.toString()).doesNotContain(token.substring(token.lastIndexOf('.')));
  }

  @Test
  void read_refusalOfHostileTexts_escapesThem() {
    String token = good.claim("sub", "\"a\\nb\"").signedBy(key);

    assertThat(((Verification.Refused) scene.read(token)).facts().orElseThrow().list())
        .contains(new Fact("subject", "subject", "a\\u{a}b"));
  }
}
