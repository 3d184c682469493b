package dev.rolecall.tests.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.ClientKeys;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.KeycloakServer;
import dev.rolecall.tests.fixture.MutualTls;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.SubjectToken;
import dev.rolecall.tokencredentials.TokenCallBuilder;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokens.IssuerProfile;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Keycloak, servers that accept its tokens, and clients that it has. */
final class KeycloakScene implements AutoCloseable {

  static final String SHOP = "shop";
  static final String OTHER = "other";

  /** Writers of the realm {@code shop}, by a role in their claims. */
  private static final String POLICY =
      """
      name: keycloak
      allow_rules:
        - name: writers of the realm
          source:
            principals: ["oidc:shop:*"]
            claims:
              - {claim: [realm_access, roles], contains: writer}
          request: {paths: ["/rolecall.tests.Echo/*"]}
      """;

  final TestCertificate client = TestCertificate.named("checkout");
  final TestCertificate stranger = TestCertificate.named("stranger");

  private final Path folder;
  private final KeycloakServer keycloak;

  KeycloakScene(Path folder) throws IOException {
    this.folder = folder;
    client.writePem(folder.resolve("client.pem"), folder.resolve("client-key.pem"));
    KeySet keys =
        KeySet.of(
            List.of(
                ClientKeys.write(Algorithm.RS256, key(Algorithm.RS256)),
                ClientKeys.write(Algorithm.ES256, key(Algorithm.ES256))));
    this.keycloak = KeycloakServer.start(folder, client, new String(keys.toJson(), UTF_8));
    for (String inspector : List.of("orders", "billing")) {
      Files.writeString(clientFile(inspector), inspector + "\n" + keycloak.secret() + "\n");
    }
    Files.writeString(clientFile("impostor"), "orders\nnot-the-secret-of-orders\n");
  }

  KeycloakServer keycloak() {
    return keycloak;
  }

  private Path key(Algorithm algorithm) {
    return folder.resolve(algorithm + ".pem");
  }

  private Path clientFile(String client) {
    return folder.resolve(client + ".client");
  }

  /** A realm as an issuer of that profile. */
  TokenIssuer realm(String name, IssuerProfile profile) {
    return TokenIssuer.of(name, keycloak.issuer(name).toString())
        .profile(profile)
        .trustCertificates(folder.resolve("keycloak.pem"));
  }

  /** The realm {@code shop}, which is also asked about opaque tokens, as that client. */
  TokenIssuer askedAs(String client) {
    return realm(SHOP, IssuerProfile.KEYCLOAK)
        .introspect(keycloak.endpoint(SHOP, "/token/introspect"), clientFile(client));
  }

  /** A server called {@code orders}, which accepts those realms' tokens. */
  GuardedServer server(Bench bench, TokenIssuer... issuers) {
    return server(bench, "orders", issuers);
  }

  GuardedServer server(Bench bench, String audience, TokenIssuer... issuers) {
    TokenVerifier tokens = TokenVerifier.forAudience(audience);
    for (TokenIssuer each : issuers) {
      tokens.accept(each);
    }
    return bench
        .server()
        .policy(PolicySource.fixed(PolicyDocument.load("keycloak.yaml", POLICY.getBytes(UTF_8))))
        .credentials(MutualTls.asking(bench.certificate(), client, stranger))
        .running(runtime -> runtime.clock(Clock.systemUTC()))
        .guarding(guard -> guard.accept(tokens))
        .start();
  }

  /** Credentials of that client of the realm, not built yet. */
  TokenCallBuilder clientCredentials(String realm, ClientAuthentication client) {
    return TokenCallCredentials.clientCredentials(issuer(realm), client)
        .trustedCertificates(folder.resolve("keycloak.pem"));
  }

  /** The same of a client of the realm {@code shop} that has a secret. */
  TokenCallBuilder clientCredentials(String client) {
    return clientCredentials(SHOP, secret(client));
  }

  /** Credentials of the gateway by tokens that were issued for it to another client. */
  TokenCallBuilder exchange(String subjectToken, String audience) {
    return TokenCallCredentials.exchange(
            issuer(SHOP),
            secret("gateway"),
            new SubjectToken(() -> subjectToken, SubjectToken.ACCESS_TOKEN))
        .trustedCertificates(folder.resolve("keycloak.pem"))
        .audience(audience);
  }

  private dev.rolecall.tokencredentials.TokenIssuer issuer(String realm) {
    return dev.rolecall.tokencredentials.TokenIssuer.discovered(keycloak.issuer(realm));
  }

  ClientAuthentication secret(String client) {
    return ClientAuthentication.secretBasic(client, keycloak::secret);
  }

  ClientAuthentication assertion(Algorithm algorithm) {
    return ClientAuthentication.privateKeyJwt(
        "assertion", algorithm, Optional.empty(), key(algorithm));
  }

  ClientAuthentication certificate() {
    return ClientAuthentication.tlsClient(
        "certificate", folder.resolve("client-key.pem"), folder.resolve("client.pem"));
  }

  /** All tokens that alice gets by the client {@code orders}. */
  JsonValue.Members tokensOfAlice() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        post(
            "/token",
            Map.of(
                "grant_type", "password",
                "username", "alice",
                "password", keycloak.secret(),
                "scope", "openid"));
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonReading.of(answer.body().getBytes(UTF_8), new JsonLimits(65_536, 4, 100, 20))
        .fold(
            read -> read,
            flaw -> {
              throw new AssertionError(flaw);
            });
  }

  /** Sends a form to an endpoint of the realm {@code shop}, as the client {@code orders}. */
  HttpResponse<String> post(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    byte[] client = ("orders:" + keycloak.secret()).getBytes(UTF_8);
    return keycloak.send(
        HttpRequest.newBuilder(keycloak.endpoint(SHOP, path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(client))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    form.entrySet().stream()
                        .map(
                            each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                        .collect(Collectors.joining("&")))));
  }

  @Override
  public void close() {
    keycloak.close();
  }
}
