package dev.rolecall.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.identity.Caller;
import dev.rolecall.identity.ClaimValue;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.jwt.key.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AWS web identity tokens, with claims as AWS documents them. */
@Tag("attack")
final class WebIdentityTest {

  static final String ISSUER =
      "https://a1b2c3d4-5678-90ab-cdef-EXAMPLE11111.tokens.sts.global.api.aws";

  private static final long NOW = Issuers.NOW.getEpochSecond();
  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final String NAMESPACE = "https://sts.amazonaws.com/";

  static Token token() {
    return token(Map.of());
  }

  /** With some of AWS's own claims changed; taken away where the JSON is empty. */
  private static Token token(Map<String, String> changes) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("aws_account", "\"111122223333\"");
    own.put("source_region", "\"eu-west-1\"");
    own.put("principal_id", Token.quoted(ROLE));
    own.put("org_id", "\"o-abc1234567\"");
    own.put("ou_path", "[\"o-abc1234567/r-ab12/ou-ab12-11111111/\"]");
    own.put("principal_tags", "{\"team\":\"shop\",\"env\":\"prod\"}");
    own.put("request_tags", "{\"team\":\"admins\"}");
    own.put("original_session_exp", "\"2026-11-21T23:18:45Z\"");
    own.putAll(changes);
    own.values().removeIf(String::isEmpty);
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("iss", Token.quoted(ISSUER));
    claims.put("aud", "\"orders\"");
    claims.put("sub", Token.quoted(ROLE));
    claims.put("iat", Long.toString(NOW));
    claims.put("exp", Long.toString(NOW + 300));
    claims.put("jti", "\"abc\"");
    Token token = Token.ofClaims(Issuers.EC, claims).header("typ", "\"JWT\"");
    StringBuilder json = new StringBuilder("{");
    own.forEach(
        (name, value) ->
            json.append(json.length() > 1 ? "," : "")
                .append(Token.quoted(name))
                .append(":")
                .append(value));
    return token.claim(NAMESPACE, json.append("}").toString());
  }

  private static Bench bench() {
    return new Bench(
        new Issuers().has(ISSUER, Issuers.EC),
        TokenIssuer.ofWebIdentity("111122223333", ISSUER)
            .algorithms(List.of(Algorithm.ES256))
            .forAudience("orders"));
  }

  @Test
  void webIdentityToken_isTheRoleWithItsAttributes() {
    try (Bench bench = bench()) {
      Caller caller = bench.caller(token().signed(Issuers.EC));

      assertThat(caller.principal()).isEqualTo(IamRole.ofUnknownId(RoleArn.parse(ROLE)));
      assertThat(caller.attributes().tags()).isEqualTo(Map.of("team", "shop", "env", "prod"));
      assertThat(caller.attributes().claims())
          .containsEntry("org_id", new ClaimValue.Text("o-abc1234567"))
          .containsEntry("source_region", new ClaimValue.Text("eu-west-1"))
          .containsEntry(
              "ou_path",
              new ClaimValue.Items(
                  List.of(new ClaimValue.Text("o-abc1234567/r-ab12/ou-ab12-11111111/"))))
          .doesNotContainKeys(NAMESPACE, "request_tags", "principal_tags");
      assertThat(caller.notAfter()).isEqualTo(Issuers.NOW.plusSeconds(300));
      assertThat(caller.evidence().scheme()).isEqualTo("aws-web-identity");
      assertThat(caller.evidence().sessionName()).isEmpty();
      assertThat(caller.evidence().facts())
          .extracting(fact -> fact.value())
          .contains("aws-111122223333");
    }
  }

  @Test
  void role_withAPath_isTheRoleWithoutIt() {
    String withPath = "\"arn:aws:iam::111122223333:role/team/shop/checkout\"";
    try (Bench bench = bench()) {
      Caller caller =
          bench.caller(
              token(Map.of("principal_id", withPath)).claim("sub", withPath).signed(Issuers.EC));

      assertThat(caller.principal().text()).isEqualTo(ROLE);
    }
  }

  @Test
  void session_thatEndsBeforeTheToken_endsTheCaller() {
    try (Bench bench = bench()) {
      String token =
          token(Map.of("original_session_exp", "\"2026-11-21T22:19:45Z\"")).signed(Issuers.EC);

      assertThat(bench.caller(token).notAfter()).isEqualTo(Instant.parse("2026-11-21T22:19:45Z"));
      bench.scheduler.pass(Duration.ofSeconds(61));
      assertThat(bench.word(token)).isEqualTo("refused CREDENTIAL_EXPIRED");
    }
  }

  @Test
  void token_withoutWhatIsOptional_isVerified() {
    try (Bench bench = bench()) {
      Map<String, String> without =
          Map.of(
              "principal_id", "",
              "principal_tags", "",
              "original_session_exp", "",
              "org_id", "",
              "ou_path", "",
              "subject_mode", "\"AWSIdentity\"");

      assertThat(bench.word(token(without).signed(Issuers.EC))).isEqualTo("verified");
    }
  }

  static Stream<Arguments> hostile() {
    String kind = "CALLER_KIND_NOT_ACCEPTED";
    String account = "ACCOUNT_NOT_TRUSTED";
    String invalid = "CLAIM_INVALID";
    return Stream.of(
        own("a person's subject", "subject_mode", "\"OriginIdentity\"", kind),
        own("a mode of a number", "subject_mode", "1", kind),
        arguments(
            "a mode beside sub",
            token().claim("subject_mode", "\"OriginIdentity\"").signed(Issuers.EC),
            kind),
        subject("a user", "arn:aws:iam::111122223333:user/alice", kind),
        subject("the root", "arn:aws:iam::111122223333:root", kind),
        subject("a session", "arn:aws:sts::111122223333:assumed-role/checkout/s", kind),
        subject("a federated user", "arn:aws:sts::111122223333:federated-user/alice", kind),
        subject("no ARN", "checkout", kind),
        subject("a role of another account", "arn:aws:iam::999999999999:role/checkout", account),
        subject(
            "a role of another partition", "arn:aws-cn:iam::111122223333:role/checkout", account),
        own("another account", "aws_account", "\"999999999999\"", account),
        own("no account", "aws_account", "", invalid),
        own("an account of a number", "aws_account", "111122223333", invalid),
        own("another principal", "principal_id", "\"arn:aws:iam::111122223333:role/x\"", invalid),
        own("a principal of a list", "principal_id", "[]", invalid),
        own("tags of a list", "principal_tags", "[]", invalid),
        own("a tag of a number", "principal_tags", "{\"team\":1}", invalid),
        own("an end of a number", "original_session_exp", "1795303125", invalid),
        own("an end without a zone", "original_session_exp", "\"2026-11-21T23:18:45\"", invalid),
        own(
            "an end that has passed",
            "original_session_exp",
            "\"2026-11-21T22:18:45Z\"",
            "CREDENTIAL_EXPIRED"),
        arguments("none of AWS's claims", token().without(NAMESPACE).signed(Issuers.EC), invalid),
        arguments(
            "AWS's claims a text", token().claim(NAMESPACE, "\"x\"").signed(Issuers.EC), invalid),
        arguments("no iat", token().without("iat").signed(Issuers.EC), invalid),
        arguments(
            "an issuer of another account",
            token().claim("iss", Token.quoted(ISSUER.replace("a1b2", "b2c3"))).signed(Issuers.EC),
            "ISSUER_NOT_ALLOWED"),
        arguments("signed by another", token().signed(Issuers.OTHER), "SIGNATURE_INVALID"),
        arguments(
            "a user, and signed by another",
            token(Map.of("principal_id", ""))
                .claim("sub", "\"arn:aws:iam::111122223333:user/alice\"")
                .signed(Issuers.OTHER),
            "SIGNATURE_INVALID"));
  }

  private static Arguments own(String name, String claim, String json, String reason) {
    return arguments(name, token(Map.of(claim, json)).signed(Issuers.EC), reason);
  }

  private static Arguments subject(String name, String arn, String reason) {
    return arguments(
        name,
        token(Map.of("principal_id", Token.quoted(arn)))
            .claim("sub", Token.quoted(arn))
            .signed(Issuers.EC),
        reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void hostileToken_isRefused(String name, String token, String reason) {
    try (Bench bench = bench()) {
      assertThat(bench.word(token)).as(name).isEqualTo("refused " + reason);
    }
  }
}
