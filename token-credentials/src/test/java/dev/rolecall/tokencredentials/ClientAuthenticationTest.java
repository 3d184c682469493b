package dev.rolecall.tokencredentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.TestCertificate;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
final class ClientAuthenticationTest {

  private final ManualTime time = new ManualTime();
  private final FakeIssuer issuer = new FakeIssuer().token("one", 600);
  private final URI identifier = URI.create("https://idp.example/realms/shop");

  @TempDir Path directory;

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void privateKeyJwt_signsForTheIssuerAlone() throws Exception {
    TestCertificate pair = TestCertificate.generate();
    Path key = directory.resolve("key.pem");
    Files.writeString(key, pair.keyPem());

    FakeIssuer.Request request = asked(byKey(key));

    assertThat(request.field("client_id")).isEqualTo("checkout");
    assertThat(request.field("client_assertion_type"))
        .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(request.headers()).doesNotContainKey("authorization");
    String[] parts = request.field("client_assertion").split("\\.", -1);
    JsonValue.Members header = object(parts[0]);
    assertThat(header.text("typ")).contains("client-authentication+jwt");
    assertThat(header.text("alg")).contains("ES256");
    assertThat(header.text("kid")).contains("key-1");
    JsonValue.Members claims = object(parts[1]);
    assertThat(claims.text("iss")).contains("checkout");
    assertThat(claims.text("sub")).contains("checkout");
    assertThat(claims.text("aud")).contains("https://idp.example/realms/shop");
    long now = time.instant().getEpochSecond();
    assertThat(claims.whole("iat")).contains(now);
    assertThat(claims.whole("exp")).contains(now + 60);
    assertThat(claims.text("jti").orElse("")).hasSizeGreaterThan(20);
    SigningKey same =
        SigningKey.fromFile(Algorithm.ES256, Optional.of("key-1"), key, new SecureRandom());
    assertThat(
            same.verificationKey()
                .verify(
                    Algorithm.ES256,
                    (parts[0] + "." + parts[1]).getBytes(UTF_8),
                    Base64.getUrlDecoder().decode(parts[2])))
        .isTrue();
  }

  @Test
  void privateKeyJwt_eachTime_hasAnotherIdAndTheKeyOfNow() throws Exception {
    Path key = directory.resolve("key.pem");
    Files.writeString(key, TestCertificate.generate().keyPem());
    try (TokenCallCredentials credentials = credentials(byKey(key))) {
      call(credentials).token();
      Files.writeString(key, "replaced by something else");
      time.advance(Duration.ofMinutes(10));
      Status status = call(credentials).status();
      assertThat(status.getDescription()).contains("key").doesNotContain("replaced");

      Files.writeString(key, TestCertificate.generate().keyPem());
      time.advance(Duration.ofMinutes(1));
      call(credentials).token();
    }

    assertThat(issuer.tokenRequests()).hasSize(2);
    assertThat(claim(0, "jti")).isNotEqualTo(claim(1, "jti"));
  }

  private String claim(int request, String name) {
    String assertion = issuer.tokenRequests().get(request).field("client_assertion");
    return object(assertion.split("\\.", -1)[1]).text(name).orElseThrow();
  }

  @Test
  void privateKeyJwt_withoutIssuer_isRefusedWhenBuilt() {
    assertThatThrownBy(
            () ->
                TokenCallCredentials.clientCredentials(
                        TokenIssuer.at(URI.create("https://idp.example/token")),
                        byKey(directory.resolve("key.pem")))
                    .build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("issuer is not known");
  }

  @Test
  void secretFile_replaced_isUsedWithTheNextToken() throws IOException {
    Path file = directory.resolve("secret");
    Files.writeString(file, "first\n");
    try (TokenCallCredentials credentials =
        credentials(ClientAuthentication.secretPost("checkout", SecretSource.file(file)))) {
      call(credentials).token();
      Files.writeString(file, "second\n");
      time.advance(Duration.ofMinutes(10));
      call(credentials).token();
    }

    assertThat(issuer.tokenRequests().get(0).field("client_secret")).isEqualTo("first");
    assertThat(issuer.tokenRequests().get(1).field("client_secret")).isEqualTo("second");
  }

  @Test
  void emptySecret_isNotSent() {
    try (TokenCallCredentials credentials =
        credentials(ClientAuthentication.secretBasic("checkout", () -> ""))) {
      assertThat(call(credentials).status().getDescription()).contains("secret is empty");
    }
    assertThat(issuer.requests()).isEmpty();
  }

  @Test
  void publicClient_namesItselfAlone() {
    FakeIssuer.Request request = asked(ClientAuthentication.publicClient("checkout"));

    assertThat(request.form()).containsOnlyKeys("grant_type", "client_id");
    assertThat(request.headers()).doesNotContainKey("authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tab\tbed", "caf\u00e9", "line\nfeed"})
  void clientId_malformed_isRefused(String id) {
    assertThatThrownBy(() -> ClientAuthentication.publicClient(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("client id: ");
  }

  @Test
  void toString_always_namesTheClientAlone() {
    assertThat(ClientAuthentication.secretBasic("checkout", () -> "s3cret"))
        .hasToString("ClientAuthentication[checkout]");
  }

  private static ClientAuthentication byKey(Path key) {
    return ClientAuthentication.privateKeyJwt(
        "checkout", Algorithm.ES256, Optional.of("key-1"), key);
  }

  private FakeIssuer.Request asked(ClientAuthentication client) {
    try (TokenCallCredentials credentials = credentials(client)) {
      assertThat(call(credentials).token()).isEqualTo("one");
    }
    return issuer.tokenRequests().get(0);
  }

  private TokenCallCredentials credentials(ClientAuthentication client) {
    return TokenCallCredentials.clientCredentials(
            TokenIssuer.at(issuer.uri("/token"), identifier), client)
        .clock(time)
        .ticker(time::nanos)
        .allowPlaintextTokenEndpointOnLoopback()
        .build();
  }

  private static FakeCall call(TokenCallCredentials credentials) {
    return FakeCall.of(credentials, Runnable::run);
  }

  private static JsonValue.Members object(String part) {
    return JsonReading.of(Base64.getUrlDecoder().decode(part), new JsonLimits(8_192, 4, 50, 20))
        .fold(
            read -> read,
            flaw -> {
              throw new AssertionError(flaw);
            });
  }
}
