package dev.rolecall.exchange;

import static dev.rolecall.exchange.ExchangeBench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents of an issuer, and the names that an issuer may have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IssuerDocumentsTest {

  private ExchangeBench bench;

  @BeforeAll
  void start() {
    bench = new ExchangeBench();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fleet/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/fleet",
        "/fleet/.well-known/oauth-authorization-server"
      })
  void metadata_isWhereVerifiersLookForIt(String path) {
    HttpResponse<String> response = bench.get(path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=300");
    assertThat(json(response).text("issuer")).hasValue(ExchangeBench.ISSUER);
    assertThat(json(response).text("token_endpoint")).hasValue(ExchangeBench.ISSUER + "/token");
    assertThat(json(response).text("jwks_uri")).hasValue(ExchangeBench.ISSUER + "/jwks.json");
  }

  @Test
  void keys_arePublic_andCached() throws Exception {
    HttpResponse<String> response = bench.get("/fleet/jwks.json");

    assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=300");
    JWKSet keys = JWKSet.parse(response.body());
    assertThat(keys.getKeys()).hasSize(2).noneMatch(key -> key.isPrivate());
    assertThat(response.body()).doesNotContain("\"d\"", "\"p\"");
  }

  @Test
  void keys_head_hasNoBody() {
    HttpResponse<String> response =
        bench.send(
            HttpRequest.newBuilder(bench.at("/fleet/jwks.json"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/jwks.json",
        "/token",
        "/fleet",
        "/fleet/",
        "/fleet/jwks.json/",
        "/fleet/%6awks.json",
        "/fleet/../jwks.json",
        "/fleet/keys"
      })
  void anyOtherPath_isNotFound(String path) {
    assertThat(bench.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void otherMethods_areNotAllowed() {
    assertThat(bench.get("/fleet/token").statusCode()).isEqualTo(405);
    assertThat(bench.get("/fleet/token").headers().firstValue("Allow")).hasValue("POST");
    assertThat(
            bench.send(HttpRequest.newBuilder(bench.at("/fleet/jwks.json")).DELETE()).statusCode())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example",
        "https://id.example:8443",
        "https://id.example/fleet/prod",
        "https://10.0.0.1",
        "https://[fd00::1]:8443",
        "http://localhost:8080",
        "http://127.0.0.1:8080/x",
        "http://[::1]:8080"
      })
  void issuer_goodUrl_isTaken(String url) {
    assertThat(IssuerUrl.parse(url)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id.example",
        "http://id.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "https://id.example/",
        "https://id.example/fleet/",
        "https://ID.example",
        "https://user@id.example",
        "https://id.example?x=1",
        "https://id.example#x",
        "https://id.example/a//b",
        "https://id.example/%2e",
        "https://id.example:",
        "ftp://id.example"
      })
  void issuer_badUrl_isRefused(String url) {
    assertThatThrownBy(() -> IssuerUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("issuer: " + url + " (expected: https://HOST");
  }
}
