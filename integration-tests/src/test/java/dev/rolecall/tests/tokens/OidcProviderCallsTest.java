package dev.rolecall.tests.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Fact;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.MutualTls;
import dev.rolecall.tests.fixture.OidcProvider;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import io.grpc.ChannelCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an OpenID provider of other makers, from the grant to the handler. */
final class OidcProviderCallsTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.named("checkout");
  private static final TestCertificate STRANGER = TestCertificate.named("stranger");
  private static final TestCertificate PROVIDER = TestCertificate.generate();
  private static final URI RESOURCE = URI.create("https://resource.example/");
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final AccessPolicy POLICY =
      AccessPolicy.builder("tests")
          .allow(
              "clients",
              List.of(
                  PrincipalPattern.parse("oidc:op:basic"),
                  PrincipalPattern.parse("client:op:certificate")),
              Echo.ALL)
          .build();

  @TempDir private static Path directory;
  private static @Nullable OidcProvider provider;

  @RegisterExtension final Bench bench = new Bench();

  @BeforeAll
  static void start() throws IOException {
    CERTIFICATE.writePem(file("client.pem"), file("client-key.pem"));
    PROVIDER.writePem(file("provider.pem"), file("provider-key.pem"));
    provider =
        OidcProvider.start(
            """
            {"life": %d, "subjectDn": "CN=checkout",
             "tls": {"key": "%s", "certificate": "%s", "clientCa": "%s"}}"""
                .formatted(
                    LIFE.toSeconds(),
                    file("provider-key.pem"),
                    file("provider.pem"),
                    file("client.pem")));
    Files.writeString(file("inspector"), "inspector\n" + provider().secret() + "\n");
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

  /** The scheme of servers that accept the provider's tokens, signed and opaque. */
  private static TokenVerifier tokens(String audience) {
    return signed("op", provider())
        .introspect(provider().issuer().resolve("/token/introspection"), file("inspector"))
        // The clock of a stream's test stands still.
        .maxClockSkew(Duration.ofMinutes(1))
        .forAudience(audience);
  }

  private static TokenIssuer signed(String alias, OidcProvider provider) {
    return TokenIssuer.of(alias, provider.issuer().toString())
        .allowPlainHttpOnLoopback()
        .algorithms(List.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA));
  }

  private GuardedServer server(String audience, Clock clock) {
    return server(tokens(audience), clock);
  }

  private GuardedServer server(TokenVerifier tokens, Clock clock) {
    return bench
        .server()
        .policy(PolicySource.fixed(POLICY))
        .credentials(MutualTls.asking(bench.certificate(), CERTIFICATE, STRANGER))
        .running(runtime -> runtime.clock(clock))
        .guarding(guard -> guard.accept(tokens))
        .start();
  }

  private GuardedServer server() {
    return server("orders", Clock.systemUTC());
  }

  private ChannelCredentials presenting(TestCertificate certificate) {
    return MutualTls.presenting(certificate, bench.certificate());
  }

  private TokenCallCredentials basic(String resource) {
    return basic(provider(), resource);
  }

  private TokenCallCredentials basic(OidcProvider provider, String resource) {
    return bench.closing(
        TokenCallCredentials.clientCredentials(
                dev.rolecall.tokencredentials.TokenIssuer.discovered(provider.issuer()),
                ClientAuthentication.secretBasic("basic", provider::secret))
            .scope("orders:read")
            .resource(RESOURCE.resolve(resource))
            .allowPlaintextTokenEndpointOnLoopback()
            .build());
  }

  private TokenCallCredentials bound() {
    return bench.closing(
        TokenCallCredentials.clientCredentials(
                dev.rolecall.tokencredentials.TokenIssuer.at(
                    provider().mtls().orElseThrow().resolve("/token")),
                ClientAuthentication.tlsClient(
                    "certificate", file("client-key.pem"), file("client.pem")))
            .trustedCertificates(file("provider.pem"))
            .scope("orders:read")
            .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rs256", "es256", "eddsa", "opaque"})
  void call_withATokenOfAnyKind_isOfItsSubject(String resource) {
    GuardedServer server = server();
    EchoClient client = bench.client(server).with(basic(resource));

    assertThat(client.say("hello")).startsWith("oidc:op:basic,");
    assertThat(client.say("again")).startsWith("oidc:op:basic,");
    assertThat(server.audits())
        .hasSize(2)
        .allSatisfy(
            record -> {
              var caller = record.caller().orElseThrow();
              assertThat(caller.attributes().client()).contains("basic");
              assertThat(caller.attributes().scopes()).containsExactly("orders:read");
              assertThat(caller.evidence().scheme())
                  .isEqualTo(resource.equals("opaque") ? "oauth2-introspection" : "oidc");
            });
  }

  @Test
  void boundToken_isGoodOverItsOwnCertificatesConnectionsAlone() {
    GuardedServer server = server();
    TokenCallCredentials token = bound();

    assertThat(bench.client(server, presenting(CERTIFICATE)).with(token).say("hello"))
        .startsWith("oidc:op:certificate,");
    assertThat(bench.client(server, presenting(STRANGER)).with(token).sayRefused().reason())
        .isEqualTo(RefusalReason.SENDER_MISMATCH.name());
    assertThat(bench.client(server).with(token).sayRefused().reason())
        .isEqualTo(RefusalReason.SENDER_MISMATCH.name());
    assertThat(bench.client(server, presenting(CERTIFICATE)).with(token).say("again"))
        .startsWith("oidc:op:certificate,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rs256", "opaque"})
  void call_withATokenForAnotherServer_isRefused(String resource) {
    GuardedServer billing = server("billing", Clock.systemUTC());

    assertThat(bench.client(billing).with(basic(resource)).sayRefused().reason())
        .isEqualTo(RefusalReason.AUDIENCE_MISMATCH.name());
  }

  @Test
  void opaqueText_thatTheProviderDoesNotKnow_isInactive() {
    assertThat(
            bench
                .client(server())
                .withAuthorization("Bearer no-token-of-that-provider-0123456789")
                .sayRefused()
                .reason())
        .isEqualTo(RefusalReason.CREDENTIAL_INACTIVE.name());
  }

  private static String text(TokenCallCredentials credentials) {
    return credentials.token(Runnable::run).toCompletableFuture().join().text();
  }

  private SeenRefusal refusal(GuardedServer server, String token) {
    return bench.client(server).withAuthorization("Bearer " + token).sayRefused();
  }

  /** The words of the check that the last call's credential failed. */
  private static String failedCheck(GuardedServer server) {
    return server.audits().get(server.audits().size() - 1).facts().stream()
        .flatMap(facts -> facts.list().stream())
        .filter(fact -> fact.field().equals("check"))
        .map(Fact::value)
        .collect(Collectors.joining());
  }

  @Test
  void tokensOfALogin_butTheAccessToken_areRefused() {
    OidcProvider.Login login = provider().login();
    GuardedServer server = server();

    // Known, and no rule names the person.
    assertThat(refusal(server, login.access()).reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
    assertThat(refusal(server, login.id()).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_KIND_WRONG.name());
    assertThat(failedCheck(server)).startsWith("typ is not that of an access token");
    // Active, says the provider, and for no server.
    assertThat(refusal(server, login.refresh()).reason())
        .isEqualTo(RefusalReason.AUDIENCE_MISMATCH.name());
    assertThat(failedCheck(server)).startsWith("aud does not name this server");
  }

  @ParameterizedTest
  @EnumSource
  void token_inAnotherSpelling_isRefused(OtherSpelling spelling) {
    String token = text(basic("es256"));
    GuardedServer server = server();

    assertThat(bench.client(server).withAuthorization("Bearer " + token).say("hello"))
        .startsWith("oidc:op:basic,");
    // A fourth part makes it an opaque token, which the provider does not know.
    assertThat(refusal(server, spelling.of(token)).reason())
        .isEqualTo(
            spelling == OtherSpelling.FOURTH_PART
                ? RefusalReason.CREDENTIAL_INACTIVE.name()
                : RefusalReason.CREDENTIAL_MALFORMED.name());
    assertThat(failedCheck(server)).isNotEmpty();
  }

  /** All providers of this kind call their keys {@code rsa-1}, {@code ec-1} and {@code ed-1}. */
  @Test
  void keysOfTwoIssuers_withOneId_areNeverConfused() {
    try (OidcProvider twin = OidcProvider.start("{}")) {
      GuardedServer server =
          server(
              TokenVerifier.forAudience("orders")
                  .accept(signed("op", provider()))
                  .accept(signed("twin", twin)),
              Clock.systemUTC());
      for (String kind : List.of("rs256", "es256", "eddsa")) {
        String own = text(basic(kind));
        String other = text(basic(twin, kind));

        assertThat(bench.client(server).withAuthorization("Bearer " + own).say("hello"))
            .startsWith("oidc:op:basic,");
        // The same subject and client, of another issuer.
        assertThat(refusal(server, other).reason())
            .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
        // The one's claims with the other's signature, each way.
        assertThat(refusal(server, crossed(own, other)).reason())
            .isEqualTo(RefusalReason.SIGNATURE_INVALID.name());
        assertThat(failedCheck(server)).startsWith("the signature is not the key's");
        assertThat(refusal(server, crossed(other, own)).reason())
            .isEqualTo(RefusalReason.SIGNATURE_INVALID.name());
      }
    }
  }

  private static String crossed(String claims, String signature) {
    return claims.substring(0, claims.lastIndexOf('.'))
        + signature.substring(signature.lastIndexOf('.'));
  }

  @Test
  void stream_isEndedWithItsToken() {
    GuardedServer server = server("orders", bench.clock());
    PumpStream stream = bench.client(server).with(basic("es256")).pump();
    stream.heard().join();

    bench.clock().advance(LIFE.plusSeconds(60));

    assertThat(stream.end().join().reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.name());
  }
}
