package dev.rolecall.tests.callers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.apikeys.ApiKey;
import dev.rolecall.apikeys.ApiKeys;
import dev.rolecall.apikeys.KeyFile;
import dev.rolecall.certificates.CertificateAuthority;
import dev.rolecall.certificates.CertificateVerifier;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.PrincipalKind;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.document.SettablePolicy;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.OidcProvider;
import dev.rolecall.tests.fixture.PumpStream;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.IssuedCertificate;
import dev.rolecall.testsupport.TestAuthority;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.tokens.TokenVerifier;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One server, one policy and six callers: a proof, AWS web identity, a JWT, an opaque token, a
 * certificate and an API key. The tokens are those of a provider that is not ours.
 */
final class SixCallersTest {

  private static final String ACCOUNT = "111122223333";
  private static final String SPIFFE_ID = "spiffe://example.org/ns/shop/sa/checkout";
  private static final String REPORTS = "arn:aws:iam::111122223333:role/reports";

  private static @Nullable OidcProvider provider;

  @RegisterExtension final Bench bench = new Bench();

  @TempDir private Path folder;

  private final TestAuthority mesh = TestAuthority.root("mesh");
  private final Map<String, EchoClient> callers = new LinkedHashMap<>();
  private Instant start;
  private SettablePolicy policy;
  private GuardedServer server;

  @BeforeAll
  static void startProvider() {
    provider = OidcProvider.start("{\"life\": 600}");
  }

  @AfterAll
  static void stopProvider() {
    if (provider != null) {
      provider.close();
    }
  }

  private static OidcProvider provider() {
    if (provider == null) {
      throw new IllegalStateException("not started");
    }
    return provider;
  }

  private static String rule(String section, String name, String principals, String path) {
    return section
        + ":\n  - name: "
        + name
        + "\n    source: {principals: ["
        + principals
        + "]}\n    request: {paths: [\""
        + path
        + "\"]}\n";
  }

  private static byte[] policy(String principals) {
    String text =
        "name: six\n"
            + rule("deny_rules", "no counting", principals, "/rolecall.tests.Echo/Count")
            + rule("allow_rules", "the rest", principals, "/rolecall.tests.Echo/*");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final String ALL_SIX =
      String.join(
          ", ",
          "\"" + Bench.CHECKOUT + "\"",
          "\"" + REPORTS + "\"",
          "\"oidc:corp:basic\"",
          "\"client:corp:post\"",
          "\"" + SPIFFE_ID + "\"",
          "\"key:ci\"");

  @BeforeEach
  void start() throws IOException {
    // The provider's clock is the machine's.
    bench.clock().setClock(Clock.systemUTC().instant());
    start = bench.clock().instant();
    policy = SettablePolicy.of("six.yaml", policy(ALL_SIX));
    Path bundle = folder.resolve("mesh.pem");
    mesh.writePem(bundle);
    Path clientFile = folder.resolve("inspector");
    Files.writeString(clientFile, "inspector\n" + provider().secret() + "\n");
    Path keys = folder.resolve("keys.jsonl");
    ApiKey key =
        KeyFile.at(keys)
            .issue(
                new ApiClient("ci"), start, start.plus(Duration.ofMinutes(40)), new SecureRandom())
            .orElseThrow();
    URI awsIssuer = bench.sts().outboundFederation().enable(ACCOUNT);
    TokenVerifier tokens =
        TokenVerifier.forAudience(Bench.AUDIENCE)
            .accept(
                TokenIssuer.of("corp", provider().issuer().toString())
                    .introspect(
                        URI.create(provider().issuer() + "/token/introspection"), clientFile)
                    .allowPlainHttpOnLoopback())
            .accept(
                TokenIssuer.ofWebIdentity(ACCOUNT, awsIssuer.toString())
                    .allowPlainHttpOnLoopback());
    server =
        bench
            .server()
            .policy(policy)
            .credentials(
                TlsServerCredentials.newBuilder()
                    .keyManager(
                        stream(bench.certificate().pem()), stream(bench.certificate().keyPem()))
                    .trustManager(bundle.toFile())
                    .clientAuth(ClientAuth.OPTIONAL)
                    .build())
            .guarding(
                guard ->
                    guard
                        .accept(tokens)
                        .accept(
                            CertificateVerifier.of(
                                CertificateAuthority.of("mesh", bundle)
                                    .forTrustDomain("example.org")))
                        .accept(ApiKeys.follow(keys)))
            .start();
    addCallers(key);
  }

  /** By the principal that the server is to know each as; in the order that their ends come. */
  private void addCallers(ApiKey key) {
    IssuedCertificate certificate =
        mesh.issue(
            mesh.leaf()
                .uri(SPIFFE_ID)
                .valid(
                    start.minusSeconds(60).truncatedTo(ChronoUnit.SECONDS),
                    start.plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS)));
    callers.put("oidc:corp:post", client().with(token("post", "opaque")));
    callers.put(REPORTS, client().with(webIdentity()));
    callers.put("oidc:corp:basic", client().with(token("basic", "rs256")));
    callers.put(Bench.CHECKOUT, client().with(bench.signing(bench.role(Bench.CHECKOUT))));
    callers.put(SPIFFE_ID, bench.client(server, certificate.trusting(bench.certificate())));
    callers.put("key:ci", client().withAuthorization("Bearer " + key.text()));
  }

  private EchoClient client() {
    return bench.client(server);
  }

  private WebIdentityCallCredentials webIdentity() {
    return bench.closing(
        WebIdentityCallCredentials.builder(Bench.AUDIENCE)
            .credentialsProvider(Bench.provider(bench.role(REPORTS)))
            .endpoint(bench.sts().endpoint(), Bench.REGION)
            .life(Duration.ofMinutes(5))
            .clock(bench.clock())
            .build());
  }

  private TokenCallCredentials token(String client, String kind) {
    ClientAuthentication authentication =
        client.equals("post")
            ? ClientAuthentication.secretPost(client, provider()::secret)
            : ClientAuthentication.secretBasic(client, provider()::secret);
    return bench.closing(
        TokenCallCredentials.clientCredentials(
                dev.rolecall.tokencredentials.TokenIssuer.discovered(provider().issuer()),
                authentication)
            .scope("orders:read")
            .resource(URI.create("https://resource.example/" + kind))
            .allowPlaintextTokenEndpointOnLoopback()
            .build());
  }

  private static ByteArrayInputStream stream(String pem) {
    return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void calls_areAllowedAndDeniedByOnePolicy_inOneRecord() {
    callers.forEach(
        (principal, client) -> {
          assertThat(client.say("hello")).contains(textOf(principal));
          assertThat(SeenRefusal.of(catchThrowable(() -> client.count(1))).reason())
              .as(principal)
              .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
        });

    assertThat(server.audits()).hasSize(12);
    assertThat(server.audits())
        .extracting(SixCallersTest::principal)
        .containsExactlyElementsOf(
            callers.keySet().stream().flatMap(each -> Stream.of(each, each)).toList());
    assertThat(server.audits())
        .extracting(record -> record.caller().orElseThrow().principal().kind())
        .contains(
            PrincipalKind.IAM_ROLE,
            PrincipalKind.OIDC_SUBJECT,
            PrincipalKind.SPIFFE_ID,
            PrincipalKind.API_CLIENT);
  }

  private static String principal(AuditRecord record) {
    return record.caller().orElseThrow().principal().text();
  }

  /** A role's session is said by its name. */
  private static String textOf(String principal) {
    return principal.startsWith("arn:")
        ? principal.substring(principal.lastIndexOf('/') + 1)
        : principal;
  }

  private Map<String, PumpStream> streams() {
    Map<String, PumpStream> streams = new LinkedHashMap<>();
    callers.forEach((principal, client) -> streams.put(principal, client.pump()));
    streams.values().forEach(stream -> stream.heard().join());
    return streams;
  }

  @Test
  void streams_areEndedByAChangeOfPolicy_eachAlone() {
    Map<String, PumpStream> streams = streams();

    String left = ALL_SIX;
    for (Map.Entry<String, PumpStream> each : streams.entrySet()) {
      left = without(left, each.getKey());
      byte[] next = left.isEmpty() ? policy("\"key:other\"") : policy(left);
      policy.refresh("six.yaml", () -> next);
      assertThat(each.getValue().end().join().reason())
          .as(each.getKey())
          .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
      streams.entrySet().stream()
          .dropWhile(other -> !other.getKey().equals(each.getKey()))
          .skip(1)
          .forEach(other -> assertThat(other.getValue().end()).as(other.getKey()).isNotDone());
    }
  }

  private static String without(String principals, String principal) {
    String written = principal.equals("oidc:corp:post") ? "client:corp:post" : principal;
    return String.join(
        ", ",
        Arrays.stream(principals.split(", "))
            .filter(each -> !each.equals("\"" + written + "\""))
            .toList());
  }

  @Test
  void streams_areEndedWithTheirCredentials_eachInItsTime() {
    Map<String, PumpStream> streams = streams();

    // An opaque token is asked about again after a minute; a proof's stream has a grace.
    Map<String, Duration> ends = new LinkedHashMap<>();
    ends.put("oidc:corp:post", Duration.ofSeconds(75));
    ends.put(REPORTS, Duration.ofMinutes(5).plusSeconds(15));
    ends.put("oidc:corp:basic", Duration.ofMinutes(10).plusSeconds(15));
    ends.put(Bench.CHECKOUT, Duration.ofMinutes(20).plusSeconds(15));
    ends.put(SPIFFE_ID, Duration.ofMinutes(30).plusSeconds(15));
    ends.put("key:ci", Duration.ofMinutes(40).plusSeconds(15));
    ends.forEach(
        (principal, end) -> {
          Duration before = end.minusSeconds(30);
          bench.clock().advance(Duration.between(bench.clock().instant(), start.plus(before)));
          await()
              .during(Duration.ofMillis(150))
              .atMost(Duration.ofSeconds(5))
              .until(() -> !stream(streams, principal).end().isDone());
          bench.clock().advance(Duration.ofSeconds(30));
          assertThat(stream(streams, principal).end().join().reason())
              .as(principal)
              .isEqualTo(RefusalReason.CREDENTIAL_EXPIRED.name());
        });
  }

  private static PumpStream stream(Map<String, PumpStream> streams, String principal) {
    return requireNonNull(streams.get(principal), principal);
  }
}
