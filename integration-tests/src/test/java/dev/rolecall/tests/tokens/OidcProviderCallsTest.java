package dev.rolecall.tests.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.OidcProvider;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.testsupport.Echo;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    return TokenIssuer.of("op", provider().issuer().toString())
        .allowPlainHttpOnLoopback()
        .algorithms(List.of(Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA))
        .introspect(provider().issuer().resolve("/token/introspection"), file("inspector"))
        // The clock of a stream's test stands still.
        .maxClockSkew(Duration.ofMinutes(1))
        .forAudience(audience);
  }

  private GuardedServer server(String audience, Clock clock) {
    return bench
        .server()
        .policy(PolicySource.fixed(POLICY))
        .credentials(askingForCertificates(bench.certificate()))
        .running(runtime -> runtime.clock(clock))
        .guarding(guard -> guard.accept(tokens(audience)))
        .start();
  }

  private GuardedServer server() {
    return server("orders", Clock.systemUTC());
  }

  private static ServerCredentials askingForCertificates(TestCertificate own) {
    try {
      return TlsServerCredentials.newBuilder()
          .keyManager(stream(own.pem()), stream(own.keyPem()))
          .trustManager(stream(CERTIFICATE.pem() + STRANGER.pem()))
          .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
          .build();
    } catch (IOException e) {
      throw new AssertionError("what was made can be read", e);
    }
  }

  private ChannelCredentials presenting(TestCertificate certificate) {
    try {
      return TlsChannelCredentials.newBuilder()
          .keyManager(stream(certificate.pem()), stream(certificate.keyPem()))
          .trustManager(stream(bench.certificate().pem()))
          .build();
    } catch (IOException e) {
      throw new AssertionError("what was made can be read", e);
    }
  }

  private static ByteArrayInputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private TokenCallCredentials basic(String resource) {
    return bench.closing(
        TokenCallCredentials.clientCredentials(
                dev.rolecall.tokencredentials.TokenIssuer.discovered(provider().issuer()),
                ClientAuthentication.secretBasic("basic", () -> provider().secret()))
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

  @Test
  void stream_isEndedWithItsToken() {
    GuardedServer server = server("orders", bench.clock());
    PumpStream stream = bench.client(server).with(basic("es256")).pump();
    stream.heard().join();

    bench.clock().advance(LIFE.plusSeconds(60));

    assertThat(stream.end().join().reason()).isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.name());
  }
}
