package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.rolecall.apikeys.ApiKey;
import dev.rolecall.apikeys.ApiKeyId;
import dev.rolecall.apikeys.KeyFile;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.spring.callers.IssuerCustomizer;
import dev.rolecall.testsupport.RecordedTelemetry;
import dev.rolecall.testsupport.TestAuthority;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Callers that bring a token or an API key, admitted by a server that has properties alone. */
@Tag("attack")
class OtherCallersTest {

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: all
          source: {principals: ["oidc:corp:alice", "oidc:corp:bob", "key:ci"]}
          request: {paths: ["/tests.v1.Questions/*"]}
      """;

  private final LoopbackIssuer corp = new LoopbackIssuer();

  @TempDir private Path folder;
  private ApplicationContextRunner server;
  private ApplicationContextRunner issued;

  @BeforeEach
  void setUp() throws Exception {
    server =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RolecallServerAutoConfiguration.class))
            .withPropertyValues("rolecall.server.audience=orders");
    issued =
        server.withPropertyValues(
            "rolecall.server.policy=" + file("policy.yaml", POLICY),
            "rolecall.server.issuers.corp.url=" + corp.url());
  }

  @AfterEach
  void tearDown() {
    corp.close();
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String asked(ApplicationContext context, String credential) {
    try (InProcess orders = InProcess.of(context, () -> CurrentCaller.get().principal().text())) {
      return orders.ask(credential);
    }
  }

  private static String refusal(ApplicationContext context, String credential) {
    return String.valueOf(
        catchThrowableOfType(StatusRuntimeException.class, () -> asked(context, credential))
            .getStatus()
            .getDescription());
  }

  @Test
  void token_ofTheIssuer_isAdmitted() {
    issued.run(
        context -> assertThat(asked(context, corp.token("orders"))).isEqualTo("oidc:corp:alice"));
  }

  @Test
  void token_ofAnotherAudience_isRefused() {
    issued.run(
        context ->
            assertThat(refusal(context, corp.token("refunds"))).startsWith("AUDIENCE_MISMATCH"));
  }

  @Test
  void token_ofAKeyThatTheIssuerNeverHad_isRefused() {
    issued.run(
        context -> assertThat(refusal(context, corp.forged("orders"))).startsWith("KEY_UNKNOWN"));
  }

  @Test
  void token_ofAnIssuerThatNoPropertyNames_isRefused() {
    try (LoopbackIssuer other = new LoopbackIssuer()) {
      issued.run(
          context ->
              assertThat(refusal(context, other.token("orders"))).startsWith("ISSUER_NOT_ALLOWED"));
    }
  }

  @Test
  void token_ofAClientThatIsNotListed_isRefused() {
    issued
        .withPropertyValues("rolecall.server.issuers.corp.allow-clients=refunds")
        .run(
            context ->
                assertThat(refusal(context, corp.token("orders"))).startsWith("CLAIM_INVALID"));
  }

  @Test
  void token_withoutIssuers_isNoCredential() throws Exception {
    server
        .withPropertyValues(
            "rolecall.server.policy=" + file("policy.yaml", POLICY.replace("oidc:corp:", "key:")))
        .run(
            context ->
                assertThat(refusal(context, corp.token("orders")))
                    .startsWith("CREDENTIAL_MALFORMED"));
  }

  @Test
  void tokenAudiences_takeThePlaceOfTheAudience_andAnIssuersOwnOfThose() {
    issued
        .withPropertyValues("rolecall.server.token-audiences=shop,orders-v2")
        .run(
            context -> {
              assertThat(asked(context, corp.token("orders-v2"))).isEqualTo("oidc:corp:alice");
              assertThat(refusal(context, corp.token("orders"))).startsWith("AUDIENCE_MISMATCH");
            });
    issued
        .withPropertyValues(
            "rolecall.server.token-audiences=shop",
            "rolecall.server.issuers.corp.audiences=application-id")
        .run(
            context -> {
              assertThat(asked(context, corp.token("application-id"))).isEqualTo("oidc:corp:alice");
              assertThat(refusal(context, corp.token("shop"))).startsWith("AUDIENCE_MISMATCH");
            });
  }

  @Test
  void issuerCustomizer_hasTheLastWord() {
    issued
        .withBean(
            IssuerCustomizer.class,
            () -> (alias, options) -> options.algorithms(List.of(Algorithm.EDDSA)))
        .run(
            context ->
                assertThat(refusal(context, corp.token("orders")))
                    .startsWith("CREDENTIAL_KIND_WRONG"));
  }

  @Test
  void opaqueToken_isAskedAbout() throws Exception {
    issued
        .withPropertyValues(
            "rolecall.server.issuers.corp.introspection.endpoint=" + corp.url() + "/introspect",
            "rolecall.server.issuers.corp.introspection.client-file="
                + file("client", "orders\nsecret\n"))
        .run(
            context -> {
              assertThat(asked(context, LoopbackIssuer.OPAQUE)).isEqualTo("oidc:corp:bob");
              assertThat(refusal(context, "an-opaque-token-of-eve"))
                  .startsWith("CREDENTIAL_INACTIVE");
            });
  }

  /** An outage is no refusal: our own client is wrong, not the caller. */
  @Test
  void opaqueToken_whereTheServersOwnClientIsRefused_isUnavailable() throws Exception {
    issued
        .withPropertyValues(
            "rolecall.server.issuers.corp.introspection.endpoint=" + corp.url() + "/introspect",
            "rolecall.server.issuers.corp.introspection.client-file="
                + file("client", "orders\nwrong\n"))
        .run(
            context ->
                assertThat(refusal(context, LoopbackIssuer.OPAQUE))
                    .startsWith("ISSUER_UNAVAILABLE"));
  }

  private ApiKey key(Path file) {
    Instant now = Clock.systemUTC().instant();
    return KeyFile.at(file)
        .issue(new ApiClient("ci"), now, now.plus(Duration.ofDays(1)), new SecureRandom())
        .orElseThrow();
  }

  @Test
  void apiKey_withoutTls_isRefused_unlessThePropertySaysSo() throws Exception {
    Path file = folder.resolve("keys");
    ApiKey key = key(file);
    ApplicationContextRunner keyed =
        issued.withPropertyValues("rolecall.server.api-keys.file=" + file);
    keyed.run(context -> assertThat(refusal(context, key.text())).startsWith("BINDING_REQUIRED"));
    keyed
        .withPropertyValues("rolecall.server.api-keys.accept-keys-on-connections-without-tls=true")
        .run(
            context -> {
              assertThat(asked(context, key.text())).isEqualTo("key:ci");
              assertThat(asked(context, corp.token("orders"))).isEqualTo("oidc:corp:alice");
              ApiKeyId id = key.id();
              KeyFile.at(file).disable(id, Clock.systemUTC().instant());
            });
    keyed
        .withPropertyValues("rolecall.server.api-keys.accept-keys-on-connections-without-tls=true")
        .run(context -> assertThat(refusal(context, key.text())).startsWith("CREDENTIAL_INACTIVE"));
  }

  @Test
  void telemetry_getsTheMetricsOfIssuersAndFiles() {
    RecordedTelemetry telemetry = new RecordedTelemetry();
    Path keys = folder.resolve("keys");
    key(keys);
    issued
        .withPropertyValues("rolecall.server.api-keys.file=" + keys)
        .withBean(OpenTelemetry.class, telemetry::telemetry)
        .run(
            context -> {
              assertThat(asked(context, corp.token("orders"))).isEqualTo("oidc:corp:alice");
              assertThat(telemetry.sums())
                  .containsKeys(
                      "rolecall.issuer.failures{cause=connection,issuer=corp}",
                      "rolecall.task.failures{task=key_file}");
            });
  }

  @Test
  void contextClosed_endsTheWatchesOfFiles() throws Exception {
    Path keys = folder.resolve("keys");
    key(keys);
    Path authority = folder.resolve("ca.pem");
    TestAuthority.root("mesh").writePem(authority);
    issued
        .withPropertyValues(
            "rolecall.server.api-keys.file=" + keys,
            "rolecall.server.client-authorities.mesh.certificates=" + authority)
        .run(
            context -> {
              assertThat(context).getBean(CallGuard.class).isNotNull();
              assertThat(watches()).hasSize(3);
            });
    await().untilAsserted(() -> assertThat(watches()).isEmpty());
  }

  private static List<String> watches() {
    return Stream.of("rolecall-key-file", "rolecall-client-ca", "rolecall-policy-file")
        .filter(
            name ->
                Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().startsWith(name)))
        .toList();
  }
}
