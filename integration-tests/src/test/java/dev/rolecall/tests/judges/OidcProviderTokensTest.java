package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.jwt.key.VerificationKey;
import dev.rolecall.tests.fixture.OidcProvider;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.TokenCallBuilder;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokencredentials.TokenIssuer;
import dev.rolecall.tokencredentials.TokenUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The credentials that bring tokens, judged by an OpenID provider of other makers. */
final class OidcProviderTokensTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.named("checkout");
  private static final TestCertificate SERVER = TestCertificate.generate();
  private static final URI RESOURCE = URI.create("https://resource.example/");

  @TempDir private static Path directory;
  private static @Nullable OidcProvider provider;

  @BeforeAll
  static void start() throws Exception {
    CERTIFICATE.writePem(file("client.pem"), file("client-key.pem"));
    SERVER.writePem(file("server.pem"), file("server-key.pem"));
    List<VerificationKey> keys = new ArrayList<>();
    keys.add(written("RSA", Algorithm.RS256));
    keys.add(written("EC", Algorithm.ES256));
    keys.add(written("Ed25519", Algorithm.EDDSA));
    provider =
        OidcProvider.start(
            """
            {"clientJwks": %s, "subjectDn": "CN=checkout",
             "tls": {"key": "%s", "certificate": "%s", "clientCa": "%s"}}"""
                .formatted(
                    new String(KeySet.of(keys).toJson(), UTF_8),
                    file("server-key.pem"),
                    file("server.pem"),
                    file("client.pem")));
  }

  private static VerificationKey written(String kind, Algorithm algorithm)
      throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    Path pem = file(algorithm + ".pem");
    Files.writeString(
        pem,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n");
    return SigningKey.fromFile(algorithm, Optional.empty(), pem, new SecureRandom())
        .verificationKey();
  }

  @AfterAll
  static void stop() {
    if (provider != null) {
      provider.close();
    }
  }

  private static Path file(String name) {
    return directory.resolve(name);
  }

  private static OidcProvider provider() {
    if (provider == null) {
      throw new IllegalStateException("not started");
    }
    return provider;
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "post"})
  void clientSecret_givesATokenOfThatClient(String client) {
    String token = token(bySecret(client, provider().secret()));

    assertThat(claims(token))
        .contains(
            "\"client_id\":\"" + client + "\"",
            "\"aud\":\"orders\"",
            "\"scope\":\"orders:read\"",
            "\"iss\":\"" + provider().issuer() + "\"");
  }

  @Test
  void clientSecretBasic_specialCharacters_areEncodedFirst() {
    String client = "basic:with space+and%";
    String secret = provider().secret() + ":+ %&=";

    String token = token(ClientAuthentication.secretBasic(client, () -> secret));

    assertThat(claims(token)).contains("\"client_id\":\"" + client + "\"");
  }

  @ParameterizedTest
  @CsvSource({"RS256", "ES256", "EDDSA"})
  void privateKeyJwt_isTaken(Algorithm algorithm) {
    String token =
        token(
            ClientAuthentication.privateKeyJwt(
                "assertion", algorithm, Optional.empty(), file(algorithm + ".pem")));

    assertThat(claims(token)).contains("\"client_id\":\"assertion\"");
  }

  @Test
  void tlsClient_givesATokenThatIsBoundToItsCertificate() throws Exception {
    URI endpoint = provider().mtls().orElseThrow().resolve("/token");
    TokenCallBuilder builder =
        TokenCallCredentials.clientCredentials(
                TokenIssuer.at(endpoint),
                ClientAuthentication.tlsClient(
                    "certificate", file("client-key.pem"), file("client.pem")))
            .trustedCertificates(file("server.pem"));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(CERTIFICATE.der());

    assertThat(claims(token(builder)))
        .contains(
            "\"cnf\":{\"x5t#S256\":\""
                + Base64.getUrlEncoder().withoutPadding().encodeToString(hash)
                + "\"}");
  }

  @Test
  void tlsClient_withoutItsAuthority_isNotConnected() {
    URI endpoint = provider().mtls().orElseThrow().resolve("/token");
    TokenCallBuilder builder =
        TokenCallCredentials.clientCredentials(
            TokenIssuer.at(endpoint),
            ClientAuthentication.tlsClient(
                "certificate", file("client-key.pem"), file("client.pem")));

    assertThat(failure(builder)).hasMessageContaining("TLS failed").matches(e -> e.isRetryable());
  }

  @ParameterizedTest
  @CsvSource({"rs256, RS256", "es256, ES256", "eddsa, EdDSA"})
  void resource_givesTheTokenThatItIsMadeFor(String resource, String algorithm) {
    String token =
        token(builder(bySecret("basic", provider().secret())).resource(RESOURCE.resolve(resource)));

    assertThat(decoded(token, 0)).contains("\"alg\":\"" + algorithm + "\"", "\"typ\":\"at+jwt\"");
  }

  @Test
  void resourceOfOpaqueTokens_givesOne() {
    String token =
        token(builder(bySecret("basic", provider().secret())).resource(RESOURCE.resolve("opaque")));

    assertThat(token).isNotEmpty().doesNotContain(".");
  }

  @Test
  void wrongSecret_isInvalidClient() {
    TokenUnavailableException failure =
        failure(builder(ClientAuthentication.secretBasic("basic", () -> "wr0ng")));

    assertThat(failure.error()).contains("invalid_client");
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("127.0.0.1").hasMessageNotContaining("wr0ng");
  }

  @Test
  void keyOfAnotherClient_isInvalidClient() throws Exception {
    Path stranger = file("stranger.pem");
    Files.writeString(stranger, TestCertificate.generate().keyPem());

    assertThat(
            failure(
                    builder(
                        ClientAuthentication.privateKeyJwt(
                            "assertion", Algorithm.ES256, Optional.empty(), stranger)))
                .error())
        .contains("invalid_client");
  }

  @Test
  void unknownResource_isInvalidTarget() {
    assertThat(
            failure(
                    builder(bySecret("basic", provider().secret()))
                        .resource(RESOURCE.resolve("elsewhere")))
                .error())
        .contains("invalid_target");
  }

  @Test
  void unknownScope_isInvalidScope() {
    assertThat(
            failure(builder(bySecret("basic", provider().secret())).scope("orders:delete")).error())
        .contains("invalid_scope");
  }

  @Test
  void issuerWithAnotherSpelling_isNotTaken() {
    TokenCallBuilder builder =
        TokenCallCredentials.clientCredentials(
                TokenIssuer.discovered(provider().issuer().resolve("/")),
                bySecret("basic", provider().secret()))
            .allowPlaintextTokenEndpointOnLoopback();

    assertThat(failure(builder)).hasMessageContaining("letter by letter");
  }

  private static ClientAuthentication bySecret(String client, String secret) {
    return client.equals("post")
        ? ClientAuthentication.secretPost(client, () -> secret)
        : ClientAuthentication.secretBasic(client, () -> secret);
  }

  private static TokenCallBuilder builder(ClientAuthentication client) {
    return TokenCallCredentials.clientCredentials(
            TokenIssuer.discovered(provider().issuer()), client)
        .scope("orders:read")
        .allowPlaintextTokenEndpointOnLoopback();
  }

  private static String token(ClientAuthentication client) {
    return token(builder(client));
  }

  private static String token(TokenCallBuilder builder) {
    try (TokenCallCredentials credentials = builder.build()) {
      return credentials.token(Runnable::run).toCompletableFuture().join().text();
    }
  }

  private static TokenUnavailableException failure(TokenCallBuilder builder) {
    try (TokenCallCredentials credentials = builder.build()) {
      CompletionException failed =
          catchThrowableOfType(
              CompletionException.class,
              () -> credentials.token(Runnable::run).toCompletableFuture().join());
      assertThat(failed).hasCauseInstanceOf(TokenUnavailableException.class);
      return (TokenUnavailableException) failed.getCause();
    }
  }

  private static String claims(String token) {
    return decoded(token, 1);
  }

  private static String decoded(String token, int part) {
    return new String(
        Base64.getUrlDecoder().decode(token.split("\\.", -1)[part].getBytes(US_ASCII)), UTF_8);
  }
}
