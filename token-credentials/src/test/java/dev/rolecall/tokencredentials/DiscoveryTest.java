package dev.rolecall.tokencredentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.testsupport.ManualTime;
import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class DiscoveryTest {

  private static final String OPENID = "/.well-known/openid-configuration";

  private final ManualTime time = new ManualTime();
  private final FakeIssuer issuer = new FakeIssuer().token("one", 60);

  @AfterEach
  void close() {
    issuer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /.well-known/openid-configuration",
    "/, /.well-known/openid-configuration",
    "/realms/shop, /realms/shop/.well-known/openid-configuration",
    "/realms/shop/, /realms/shop/.well-known/openid-configuration",
    "/realms/shop, /.well-known/oauth-authorization-server/realms/shop",
    "'', /.well-known/oauth-authorization-server"
  })
  void metadata_underEitherPath_isFound(String path, String document) {
    publish(document, issuer.uri(path), issuer.uri("/token"));

    try (TokenCallCredentials credentials = at(issuer.uri(path))) {
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
    }
  }

  @Test
  void metadata_onceKnown_isAskedForAgainAfterAnHour() {
    publish(OPENID, issuer.uri(""), issuer.uri("/token"));

    try (TokenCallCredentials credentials = at(issuer.uri(""))) {
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
      time.advance(Duration.ofMinutes(59));
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
      assertThat(documentsAsked()).isEqualTo(1);
      time.advance(Duration.ofMinutes(1));
      assertThat(FakeCall.of(credentials, Runnable::run).token()).isEqualTo("one");
      assertThat(documentsAsked()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/other", "?x"})
  void metadata_ofAnotherIssuer_isRefused(String suffix) {
    publish(OPENID, URI.create(issuer.uri("") + suffix), issuer.uri("/token"));

    assertThat(failure().getDescription()).contains("another issuer", "letter by letter");
    assertThat(issuer.tokenRequests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://idp.example/token",
        "https://user@idp.example/token",
        "https://idp.example/token#x",
        "https:///token",
        "ftp://127.0.0.1/token",
        "/token",
        "not a uri"
      })
  void metadata_withAnEndpointThatIsNotProtected_isRefused(String endpoint) {
    issuer.answer(
        OPENID,
        "{\"issuer\":\"%s\",\"token_endpoint\":\"%s\"}".formatted(issuer.uri(""), endpoint));

    Status status = failure();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("token_endpoint").doesNotContain("user@");
  }

  @Test
  void metadata_withoutTokenEndpoint_isRefused() {
    issuer.answer(OPENID, "{\"issuer\":\"%s\"}".formatted(issuer.uri("")));

    assertThat(failure().getDescription()).contains("no token_endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "<html>", "{\"issuer\":\"a\",\"issuer\":\"b\"}"})
  void metadata_malformed_isUnavailable(String document) {
    issuer.answer(OPENID, document);

    assertThat(failure().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "500, UNAVAILABLE",
    "429, UNAVAILABLE",
    "302, UNAUTHENTICATED",
    "403, UNAUTHENTICATED"
  })
  void metadata_otherStatus_isToldApart(int http, Status.Code code) {
    issuer.answer(OPENID, http + " No", "location: https://elsewhere.example/", "");

    assertThat(failure().getCode()).isEqualTo(code);
    assertThat(issuer.requests()).hasSize(1);
  }

  @Test
  void metadata_nowhere_saysWhatToCheck() {
    assertThat(failure().getDescription()).contains("404", "check the issuer");
    assertThat(issuer.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "idp.example",
        "ftp://idp.example",
        "https://user:s3cret@idp.example",
        "https://idp.example?s3cret=1",
        "https://idp.example#s3cret",
        "https:/path"
      })
  void issuer_malformed_isRefusedWithoutItsSecrets(String text) {
    assertThatThrownBy(() -> TokenIssuer.discovered(URI.create(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("issuer: ")
        .hasMessageContaining("(expected: https://")
        .hasMessageNotContaining("s3cret");
  }

  private long documentsAsked() {
    return issuer.requests().stream().filter(each -> each.line().startsWith("GET ")).count();
  }

  private void publish(String document, URI identifier, URI endpoint) {
    issuer.answer(
        document,
        "{\"issuer\":\"%s\",\"token_endpoint\":\"%s\",\"response_types_supported\":[\"code\"]}"
            .formatted(identifier, endpoint));
  }

  private Status failure() {
    try (TokenCallCredentials credentials = at(issuer.uri(""))) {
      return FakeCall.of(credentials, Runnable::run).status();
    }
  }

  private TokenCallCredentials at(URI identifier) {
    return TokenCallCredentials.clientCredentials(
            TokenIssuer.discovered(identifier), ClientAuthentication.publicClient("checkout"))
        .clock(time)
        .ticker(time::nanos)
        .allowPlaintextTokenEndpointOnLoopback()
        .build();
  }
}
