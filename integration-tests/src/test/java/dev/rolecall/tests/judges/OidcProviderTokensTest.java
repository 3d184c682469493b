package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.VerificationKey;
import dev.rolecall.tests.fixture.ClientKeys;
import dev.rolecall.tests.fixture.OidcProvider;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.CodeLogin;
import dev.rolecall.tokencredentials.DeviceLogin;
import dev.rolecall.tokencredentials.LoginTokens;
import dev.rolecall.tokencredentials.TokenCallBuilder;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokencredentials.TokenIssuer;
import dev.rolecall.tokencredentials.TokenSource;
import dev.rolecall.tokencredentials.TokenUnavailableException;
import dev.rolecall.tokencredentials.UserLogin;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** The provider takes any port of a native client; nothing listens there. */
  private static final URI REDIRECT = URI.create("http://127.0.0.1:1/callback");

  @TempDir private static Path directory;
  private static @Nullable OidcProvider provider;

  @BeforeAll
  static void start() throws Exception {
    CERTIFICATE.writePem(file("client.pem"), file("client-key.pem"));
    SERVER.writePem(file("server.pem"), file("server-key.pem"));
    List<VerificationKey> keys = new ArrayList<>();
    keys.add(written(Algorithm.RS256));
    keys.add(written(Algorithm.ES256));
    keys.add(written(Algorithm.EDDSA));
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

  private static VerificationKey written(Algorithm algorithm) {
    return ClientKeys.write(algorithm, file(algorithm + ".pem"));
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
  void issuerWithAnotherSpelling_isNotTaken() {
    TokenCallBuilder builder =
        TokenCallCredentials.clientCredentials(
                TokenIssuer.discovered(provider().issuer().resolve("/")),
                bySecret("basic", provider().secret()))
            .allowPlaintextTokenEndpointOnLoopback();

    assertThat(failure(builder)).hasMessageContaining("letter by letter");
  }

  @Test
  void loginByBrowser_givesTokensOfThePerson() throws Exception {
    CodeLogin begun = join(login().byBrowser(REDIRECT));

    LoginTokens tokens = join(begun.tokens(browsed(begun.address())));

    assertThat(claims(tokens.access().text()))
        .contains("\"sub\":\"alice\"", "\"client_id\":\"native\"", "\"aud\":\"orders\"");
    assertThat(tokens.refresh()).isPresent();
  }

  @Test
  void loginByBrowser_answerOfAnotherLogin_isRefused() throws Exception {
    CodeLogin begun = join(login().byBrowser(REDIRECT));
    Map<String, String> answer = new HashMap<>(browsed(begun.address()));
    CodeLogin another = join(login().byBrowser(REDIRECT));

    assertThatThrownBy(() -> another.tokens(answer)).hasMessageContaining("another login");
    answer.put("iss", "https://idp.example");
    assertThatThrownBy(() -> begun.tokens(answer)).hasMessageContaining("another issuer");
  }

  @Test
  void loginByDevice_isPendingUntilThePersonSaysYes() throws Exception {
    DeviceLogin begun = join(login().byDevice());
    assertThat(begun.shown().address()).isEqualTo(provider().issuer().resolve("/device"));
    assertThat(join(begun.tokens())).isEmpty();

    provider().approve(begun.shown().userCode());

    LoginTokens tokens = join(begun.tokens()).orElseThrow();
    assertThat(claims(tokens.access().text())).contains("\"sub\":\"alice\"");
  }

  @Test
  void refreshToken_isReplacedEachTime() throws Exception {
    DeviceLogin begun = join(login().byDevice());
    provider().approve(begun.shown().userCode());
    String first = join(begun.tokens()).orElseThrow().refresh().orElseThrow();
    AtomicReference<String> kept = new AtomicReference<>(first);
    TokenSource tokens = login().refreshing(new InMemory(kept));

    assertThat(claims(join(tokens.token()).text())).contains("\"sub\":\"alice\"");
    assertThat(kept.get()).isNotEqualTo(first);
    assertThat(claims(join(tokens.token()).text())).contains("\"sub\":\"alice\"");
  }

  @Test
  void refreshToken_usedTwice_isInvalidGrant() throws Exception {
    DeviceLogin begun = join(login().byDevice());
    provider().approve(begun.shown().userCode());
    String first = join(begun.tokens()).orElseThrow().refresh().orElseThrow();
    assertThat(join(login().refreshing(new InMemory(new AtomicReference<>(first))).token()))
        .isNotNull();

    assertThatThrownBy(
            () -> join(login().refreshing(new InMemory(new AtomicReference<>(first))).token()))
        .hasMessageContaining("invalid_grant")
        .hasMessageNotContaining(first);
  }

  private record InMemory(AtomicReference<String> kept) implements UserLogin.RefreshTokens {

    @Override
    public String read() {
      return requireNonNull(kept.get());
    }

    @Override
    public void write(String next) {
      kept.set(next);
    }
  }

  private static UserLogin login() {
    return UserLogin.allowingPlaintextIssuerOnLoopback(
        provider().issuer(),
        "native",
        new UserLogin.Wish(
            Optional.of("openid offline_access orders:read"),
            Optional.empty(),
            Optional.of(RESOURCE.resolve("rs256"))),
        Optional.empty(),
        Clock.systemUTC());
  }

  /**
   * The parameters that a browser brings to the redirect address; the provider's person says yes.
   */
  private static Map<String, String> browsed(URI address) throws Exception {
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();
    URI at = address;
    while (!at.getPath().equals(REDIRECT.getPath())) {
      HttpResponse<String> page =
          browser.send(HttpRequest.newBuilder(at).build(), BodyHandlers.ofString());
      assertThat(page.statusCode()).as("%s", provider().log()).isIn(302, 303);
      at = at.resolve(page.headers().firstValue("location").orElseThrow());
    }
    return Stream.of(at.getRawQuery().split("&", -1))
        .map(each -> each.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
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
      Throwable failed =
          credentials
              .token(Runnable::run)
              .handle((token, failure) -> failure)
              .toCompletableFuture()
              .join();
      assertThat(failed).isInstanceOf(TokenUnavailableException.class);
      return (TokenUnavailableException) requireNonNull(failed);
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
