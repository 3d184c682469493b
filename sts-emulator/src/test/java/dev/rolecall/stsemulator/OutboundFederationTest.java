package dev.rolecall.stsemulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundFederationTest extends EmulatorTest {

  private static final String ACCOUNT = "111122223333";

  private final OutboundFederation federation = emulator.outboundFederation();
  private final URI issuer = federation.enable(ACCOUNT);

  private URI document(String path) {
    return URI.create(issuer + path);
  }

  @Test
  void issuer_isAnAccountsOwnOnLoopback() {
    assertThat(issuer.toString())
        .matches(Pattern.quote(emulator.endpoint() + "/issuers/") + "[0-9a-f-]{36}");
    assertThat(federation.enable(ACCOUNT)).isEqualTo(issuer);
    assertThat(federation.enable("444455556666")).isNotEqualTo(issuer);
    assertThat(federation.issuer(ACCOUNT)).contains(issuer);
    assertThat(federation.issuer("999999999999")).isEmpty();
  }

  @Test
  void discovery_hasTheMembersOfAws() throws Exception {
    HttpResponse<String> answer = get(document("/.well-known/openid-configuration"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body())
        .isEqualTo(
            ("{'claims_supported':['sub','iss','aud','exp','iat','jti',"
                    + "'https://sts.amazonaws.com/'],"
                    + "'id_token_signing_alg_values_supported':['RS256','ES384'],"
                    + "'issuer':'ISSUER','jwks_uri':'ISSUER/.well-known/jwks.json',"
                    + "'subject_types_supported':['public']}")
                .replace('\'', '"')
                .replace("ISSUER", issuer.toString()));
  }

  @Test
  void keys_ofTwoAccounts_haveTheMembersAndIdsOfAws_andAreOthers() throws Exception {
    URI other = federation.enable("444455556666");
    String own = get(document("/.well-known/jwks.json")).body();
    String others = get(URI.create(other + "/.well-known/jwks.json")).body();

    assertThat(List.of(own, others))
        .allMatch(
            Pattern.compile(
                    ("\\{'keys':\\["
                            + "\\{'e':'AQAB','kid':'RSA_0','kty':'RSA','n':'[A-Za-z0-9_-]{342}','use':'sig'\\},"
                            + "\\{'alg':'ES384','crv':'P-384','kid':'EC384_0','kty':'EC','use':'sig',"
                            + "'x':'[A-Za-z0-9_-]{64}','y':'[A-Za-z0-9_-]{64}'\\}\\]\\}")
                        .replace('\'', '"'))
                .asMatchPredicate());
    assertThat(modulus(others)).isNotEqualTo(modulus(own));
    assertThat(federation.requests().keys()).isEqualTo(2);
    assertThat(federation.requests().total()).isEqualTo(2);
  }

  @Test
  void keys_ofTwoEmulatorsAtOnce_areOthers() throws Exception {
    String own = get(document("/.well-known/jwks.json")).body();
    try (StsEmulator second = StsEmulator.start()) {
      URI other = second.outboundFederation().enable(ACCOUNT);

      assertThat(modulus(get(URI.create(other + "/.well-known/jwks.json")).body()))
          .isNotEqualTo(modulus(own));
    }
  }

  private static String modulus(String keys) {
    return keys.substring(keys.indexOf("\"n\":"), keys.indexOf("\"use\""));
  }

  @Test
  void rotateKeys_signsWithNewOnes_andKeepsThoseBefore() throws Exception {
    String before = get(document("/.well-known/jwks.json")).body();
    federation.rotateKeys(ACCOUNT);
    String after = get(document("/.well-known/jwks.json")).body();
    HttpResponse<String> answer =
        get(
            signer()
                .action("GetWebIdentityToken")
                .parameter("Audience.member.1", "orders")
                .parameter("SigningAlgorithm", "RS256")
                .presign());

    assertThat(after).contains("\"RSA_0\"", "\"RSA_1\"", "\"EC384_0\"", "\"EC384_1\"");
    assertThat(after).contains(before.substring(before.indexOf("\"n\":"), 300));
    assertThat(
            new String(
                Base64.getUrlDecoder()
                    .decode(field(answer, "WebIdentityToken").split("\\.", -1)[0]),
                US_ASCII))
        .contains("\"RSA_1\"");
    federation.rotateKeys(ACCOUNT);
    assertThat(get(document("/.well-known/jwks.json")).body())
        .contains("\"RSA_1\"", "\"RSA_2\"")
        .doesNotContain("\"RSA_0\"");
  }

  @Test
  void documents_ofAnAccountThatDisabledFederation_areStillThere() throws Exception {
    federation.disable(ACCOUNT);

    assertThat(get(document("/.well-known/openid-configuration")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/.well-known/",
        "/.well-known/jwks.json/",
        "/.well-known/jwks",
        "/.well-known/OpenID-Configuration",
        "x/.well-known/jwks.json",
        "/.well-known/oauth-authorization-server"
      })
  void otherPaths_areNotFound(String path) throws Exception {
    assertThat(get(document(path)).statusCode()).isEqualTo(404);
    assertThat(federation.requests().other()).isEqualTo(1);
    assertThat(emulator.requests().total()).isZero();
  }

  @Test
  void otherMethods_areNotAllowed() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(document("/.well-known/jwks.json"))
            .POST(BodyPublishers.ofString("x"))
            .build();

    assertThat(send(post).statusCode()).isEqualTo(405);
  }

  @Test
  void requests_areCountedByDocument() throws Exception {
    get(document("/.well-known/openid-configuration"));
    get(document("/.well-known/openid-configuration"));
    get(document("/"));

    assertThat(federation.requests().discovery()).isEqualTo(2);
    assertThat(federation.requests().keys()).isZero();
    assertThat(federation.requests().total()).isEqualTo(3);
  }

  @Test
  void fail_strikesTheDocumentsAndNotSts() throws Exception {
    federation.fail(Fault.answer(500, "text/plain", "away"));

    assertThat(get(document("/.well-known/openid-configuration")).statusCode()).isEqualTo(500);
    assertThat(get(signer().presign()).statusCode()).isEqualTo(200);
    federation.clearFaults();
    assertThat(get(document("/.well-known/openid-configuration")).statusCode()).isEqualTo(200);
  }

  @Test
  void fail_ofSts_doesNotStrikeTheDocuments() throws Exception {
    emulator.fail(Fault.throttled());

    assertThat(get(document("/.well-known/openid-configuration")).statusCode()).isEqualTo(200);
  }

  @Test
  void failNext_strikesThatManyRequests() throws Exception {
    federation.failNext(1, Fault.answer(503, "text/plain", "away"));
    federation.failNext(1, Fault.redirect(302, URI.create("http://127.0.0.1:9/")));
    federation.failNext(1, Fault.huge(10_000_000));

    assertThat(get(document("/.well-known/openid-configuration")).statusCode()).isEqualTo(503);
    assertThat(get(document("/.well-known/openid-configuration")).statusCode()).isEqualTo(302);
    assertThat(get(document("/.well-known/openid-configuration")).body())
        .hasSizeGreaterThan(10_000_000);
    assertThat(get(document("/.well-known/openid-configuration")).body())
        .startsWith("{\"claims_supported\"");
  }

  @Test
  void fail_thatClosesTheConnection_isNoAnswer() {
    federation.fail(Fault.closed());

    assertThatThrownBy(() -> get(document("/.well-known/openid-configuration")))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "11112222333", "1111222233334", "11112222333x", "１１１１２２２２３３３３"})
  void enable_ofNoAccount_isRefused(String account) {
    assertThatThrownBy(() -> federation.enable(account))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: 12 digits)");
  }

  @Test
  void rotateKeys_ofAnAccountWithoutFederation_isRefused() {
    assertThatThrownBy(() -> federation.rotateKeys("444455556666"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one with federation enabled");
  }

  @Test
  void failNext_ofNoRequest_isRefused() {
    assertThatThrownBy(() -> federation.failNext(0, Fault.closed()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
