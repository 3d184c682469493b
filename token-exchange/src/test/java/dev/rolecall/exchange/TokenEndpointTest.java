package dev.rolecall.exchange;

import static dev.rolecall.exchange.ExchangeBench.encoded;
import static dev.rolecall.exchange.ExchangeBench.form;
import static dev.rolecall.exchange.ExchangeBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.testsupport.CapturedLog;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token endpoint over HTTP: what it gives, and what it refuses. */
@Tag("attack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TokenEndpointTest {

  private static final String CHECKOUT = StatedScheme.ACCOUNT + "checkout";

  private ExchangeBench bench;

  @BeforeAll
  void start() {
    bench = new ExchangeBench();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  @BeforeEach
  void begin() {
    bench.scheme.until(bench.time.instant().plus(Duration.ofMinutes(10)));
  }

  @Test
  void post_goodProof_isTradedForATokenThatNimbusVerifies() throws Exception {
    HttpResponse<String> response = bench.post(form("role:checkout"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(json(response).text("token_type")).hasValue("Bearer");
    assertThat(json(response).text("issued_token_type")).hasValue(IssuedType.ACCESS_TOKEN.urn());
    assertThat(json(response).whole("expires_in")).hasValue(600L);
    SignedJWT token = token(response);
    JWKSet keys = JWKSet.parse(bench.get("/fleet/jwks.json").body());
    assertThat(
            token.verify(
                new ECDSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
        .isTrue();
    assertThat(token.getHeader().getType()).hasToString("at+jwt");
    assertThat(token.getJWTClaimsSet().getClaims())
        .containsOnlyKeys(
            "iss",
            "sub",
            "client_id",
            "aud",
            "iat",
            "exp",
            "jti",
            "role_id",
            "session_name",
            "access_key_id")
        .containsEntry("iss", ExchangeBench.ISSUER)
        .containsEntry("sub", CHECKOUT)
        .containsEntry("client_id", CHECKOUT)
        .containsEntry("aud", List.of("orders"))
        .containsEntry("iat", Date.from(bench.time.instant()))
        .containsEntry("exp", Date.from(bench.time.instant().plusSeconds(600)))
        .containsEntry("role_id", "AROAEXAMPLE000000001")
        .containsEntry("session_name", "session-1")
        .containsEntry("access_key_id", "ASIAEXAMPLE00000checkout");
  }

  private static SignedJWT token(HttpResponse<String> response) throws Exception {
    return SignedJWT.parse(json(response).text("access_token").orElseThrow());
  }

  @Test
  void post_sameProofTwice_givesTwoTokensOfTheSameEnd() throws Exception {
    SignedJWT first = token(bench.post(form("role:checkout")));
    SignedJWT second = token(bench.post(form("role:checkout")));

    assertThat(second.getJWTClaimsSet().getJWTID())
        .isNotEqualTo(first.getJWTClaimsSet().getJWTID());
    assertThat(second.getJWTClaimsSet().getExpirationTime())
        .isEqualTo(first.getJWTClaimsSet().getExpirationTime());
  }

  @Test
  void post_resource_isTheAudience() throws Exception {
    HttpResponse<String> response =
        bench.post(
            form("role:checkout", "audience", "-", "resource", "https://orders.example/api"));

    assertThat(token(response).getJWTClaimsSet().getAudience())
        .containsExactly("https://orders.example/api");
  }

  @Test
  void post_requestedJwt_isNamedSo() {
    HttpResponse<String> response =
        bench.post(form("role:checkout", "requested_token_type", IssuedType.JWT.urn()));

    assertThat(json(response).text("issued_token_type")).hasValue(IssuedType.JWT.urn());
  }

  @Test
  void post_parametersThatNoRfcNames_areIgnored() {
    assertThat(bench.post(form("role:checkout", "client_id", "any", "color", "red")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void post_actor_isNamedInTheToken() throws Exception {
    HttpResponse<String> response =
        bench.post(
            form(
                "role:checkout",
                "actor_token",
                "role:agent",
                "actor_token_type",
                ExchangeRequest.PROOF));

    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, Object> act = token(response).getJWTClaimsSet().getJSONObjectClaim("act");
    assertThat(act)
        .containsEntry("sub", StatedScheme.ACCOUNT + "agent")
        .containsEntry("access_key_id", "ASIAEXAMPLE00000agent");
    assertThat(token(response).getJWTClaimsSet().getSubject()).isEqualTo(CHECKOUT);
  }

  static Stream<Arguments> badForms() {
    return Stream.of(
        bad("invalid_request", form("role:checkout", "grant_type", "-")),
        bad("unsupported_grant_type", form("role:checkout", "grant_type", "client_credentials")),
        bad("invalid_request", form("role:checkout", "subject_token", "-")),
        bad("invalid_request", form("role:checkout", "subject_token_type", "-")),
        bad("invalid_request", form("role:checkout", "subject_token", "")),
        bad("invalid_request", form("role:checkout", "subject_token_type", IssuedType.JWT.urn())),
        bad("invalid_request", form("role:checkout", "audience", "-")),
        bad("invalid_request", form("role:checkout", "resource", "https://orders.example/api")),
        bad("invalid_target", form("role:checkout", "audience", "orders*")),
        bad("invalid_target", form("role:checkout", "audience", "orders%2Fx")),
        bad("invalid_target", form("role:checkout", "audience", "a b")),
        bad("invalid_target", form("role:checkout", "audience", "x".repeat(256))),
        bad("invalid_target", form("role:checkout", "audience", "-", "resource", "orders")),
        bad("invalid_target", form("role:checkout", "audience", "-", "resource", "https:")),
        bad("invalid_target", form("role:checkout", "audience", "-", "resource", "https://a#b")),
        bad("invalid_scope", form("role:checkout", "scope", "openid")),
        bad("invalid_request", form("role:checkout", "requested_token_type", "urn:other")),
        bad("invalid_request", form("role:checkout", "actor_token", "role:agent")),
        bad("invalid_request", form("role:checkout", "actor_token_type", ExchangeRequest.PROOF)),
        bad("invalid_client", form("role:checkout", "client_secret", "s3cret")),
        bad("invalid_client", form("role:checkout", "client_assertion", "a.b.c")));
  }

  private static Arguments bad(String error, Map<String, String> form) {
    return Arguments.of(error, form);
  }

  @ParameterizedTest
  @MethodSource("badForms")
  void post_badForm_isRefused_beforeAnyProofIsRead(String error, Map<String, String> form) {
    Connection unread = bench.scheme.lastConnection();
    assertRefused(bench.post(form), error.equals("invalid_client") ? 401 : 400, error);
    assertThat(bench.scheme.lastConnection()).isSameAs(unread);
  }

  private static void assertRefused(HttpResponse<String> response, int status, String error) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).text("error")).hasValue(error);
    assertThat(json(response).has("access_token")).isFalse();
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    // RFC 6749, section 5.2.
    assertThat(json(response).text("error_description").orElseThrow())
        .matches("[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audience=orders",
        "grant_type=a",
        "color=red&color=blue",
        "x=%",
        "x=%4",
        "x=%zz",
        "x=%0a",
        "x=%00",
        "x=%c3%a9",
        "x=\u00e9",
        "%0d=x"
      })
  void post_bodyThatIsNoStrictForm_isRefused(String more) {
    Connection unread = bench.scheme.lastConnection();
    assertRefused(bench.post(encoded(form("role:checkout")) + "&" + more), 400, "invalid_request");
    assertThat(bench.scheme.lastConnection()).isSameAs(unread);
  }

  @Test
  void post_parametersWithoutEnd_areRefused() {
    assertRefused(bench.post("a=b&".repeat(33)), 400, "invalid_request");
    String many =
        Stream.iterate(0, i -> i + 1)
            .limit(33)
            .map(i -> "&p" + i + "=x")
            .reduce("", String::concat);
    assertRefused(bench.post(encoded(form("role:checkout")) + many), 400, "invalid_request");
  }

  @Test
  void post_bodyOfMoreThan32KiB_isRefused() {
    String filler = "&filler=" + "x".repeat(32_768);
    assertRefused(bench.post(encoded(form("role:checkout")) + filler), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
  void post_anotherContentType_isRefused(String type) {
    assertRefused(
        bench.send(bench.request(encoded(form("role:checkout"))).setHeader("Content-Type", type)),
        400,
        "invalid_request");
  }

  @Test
  void post_contentTypeWithCharset_isTaken() {
    assertThat(
            bench
                .send(
                    bench
                        .request(encoded(form("role:checkout")))
                        .setHeader(
                            "Content-Type", "Application/X-WWW-form-urlencoded; charset=UTF-8"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void post_query_isRefused() {
    assertRefused(
        bench.send(
            HttpRequest.newBuilder(bench.at("/fleet/token?subject_token=x"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form("role:checkout"))))),
        400,
        "invalid_request");
  }

  @Test
  void post_authorization_isRefused() {
    HttpResponse<String> response =
        bench.send(
            bench.request(encoded(form("role:checkout"))).header("Authorization", "Basic YTpi"));

    assertRefused(response, 401, "invalid_client");
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Basic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREDENTIAL_MALFORMED",
        "CREDENTIAL_EXPIRED",
        "CREDENTIAL_NOT_YET_VALID",
        "AUDIENCE_MISMATCH",
        "CHANNEL_MISMATCH",
        "ISSUER_NOT_ALLOWED",
        "ISSUER_REFUSED",
        "CALLER_KIND_NOT_ACCEPTED",
        "ACCOUNT_NOT_TRUSTED"
      })
  void post_proofThatIsNotGood_isAnInvalidRequest(String reason) {
    HttpResponse<String> response = bench.post(form("refused:" + reason));

    assertRefused(response, 400, "invalid_request");
    assertThat(json(response).text("error_description").orElseThrow())
        .startsWith("subject_token: " + reason + ": ");
  }

  @Test
  void post_textThatIsNoProof_isAnInvalidRequest() {
    assertRefused(bench.post(form("eyJhbGciOiJub25lIn0.e30.")), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISSUER_UNAVAILABLE", "ISSUER_ANSWER_INVALID"})
  void post_duringAnOutage_isUnavailable_andNeverARefusal(String reason) {
    HttpResponse<String> response = bench.post(form("away:" + reason));

    assertRefused(response, 503, "temporarily_unavailable");
    assertThat(response.headers().firstValueAsLong("Retry-After")).isPresent();
  }

  @Test
  void post_overALimitOfLookUps_isTooMany() {
    HttpResponse<String> response = bench.post(form("away:TOO_MANY_LOOKUPS"));

    assertRefused(response, 429, "temporarily_unavailable");
    assertThat(response.headers().firstValueAsLong("Retry-After")).isPresent();
  }

  @Test
  void post_defectOfTheScheme_isAServerError() {
    HttpResponse<String> response = bench.post(form("broken"));

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("a defect of the scheme");
  }

  @Test
  void post_roleThatMayNot_isAnInvalidTarget() {
    assertRefused(bench.post(form("role:reports")), 400, "invalid_target");
  }

  @Test
  void post_audienceOfNoRule_isAnInvalidTarget() {
    assertRefused(bench.post(form("role:checkout", "audience", "billing")), 400, "invalid_target");
  }

  /** A public method has no caller, so there is no one to name in a token. */
  @Test
  void post_audienceThatThePolicyMakesPublic_isAnInvalidTarget() {
    assertRefused(bench.post(form("role:checkout", "audience", "open")), 400, "invalid_target");
  }

  @Test
  void post_callerThatIsNoRole_isAnInvalidTarget() {
    assertRefused(bench.post(form("key:ci")), 400, "invalid_target");
  }

  /** For a migration, calls are admitted instead of refused; tokens never are. */
  @Test
  void post_roleThatMayNot_whereRefusalsAreOnlyRecorded_isAnInvalidTarget() {
    try (ExchangeBench lenient =
        ExchangeBench.controlled(control -> control.admitAndRecordInsteadOfRefusing())) {
      for (String proof : List.of("role:reports", "refused:ISSUER_REFUSED", "no proof")) {
        assertRefused(lenient.post(form(proof)), 400, "invalid_target");
      }
      assertThat(lenient.post(form("role:checkout")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void post_actorThatMayOnlyExchangeForItself_isAnInvalidTarget() {
    HttpResponse<String> response =
        bench.post(
            form(
                "role:checkout",
                "actor_token",
                "role:checkout",
                "actor_token_type",
                ExchangeRequest.PROOF));

    assertRefused(response, 400, "invalid_target");
    assertThat(json(response).text("error_description").orElseThrow()).startsWith("actor_token: ");
  }

  @Test
  void post_subjectThatMayOnlyAct_isAnInvalidTarget() {
    assertRefused(bench.post(form("role:agent")), 400, "invalid_target");
  }

  @Test
  void post_longProof_isATokenOf15MinutesAtMost() {
    bench.scheme.until(bench.time.instant().plus(Duration.ofHours(2)));

    assertThat(json(bench.post(form("role:checkout"))).whole("expires_in")).hasValue(900L);
  }

  @Test
  void post_proofThatEndsWithinASecond_isRefused() {
    bench.scheme.until(bench.time.instant().plusMillis(1));

    assertThat(bench.post(form("role:checkout")).statusCode()).isEqualTo(400);
  }

  @Test
  void log_ofAnExchangeAndARefusal_hasNoProofAndNoToken() {
    try (CapturedLog log = CapturedLog.of("rolecall", Level.ALL)) {
      String token = json(bench.post(form("role:checkout"))).text("access_token").orElseThrow();
      bench.post(form("refused:ISSUER_REFUSED"));
      bench.post(form("broken"));

      assertThat(log.text()).doesNotContain(token, "role:checkout", "refused:ISSUER", "broken");
      assertThat(bench.audit.toString()).doesNotContain(token, "role:checkout");
    }
  }
}
