package dev.rolecall.tests.tokens;

import static dev.rolecall.tests.tokens.KeycloakScene.OTHER;
import static dev.rolecall.tests.tokens.KeycloakScene.SHOP;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.MutualTls;
import dev.rolecall.tests.fixture.PassedTests;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.testsupport.TestCertificate;
import dev.rolecall.tokencredentials.ClientAuthentication;
import dev.rolecall.tokencredentials.TokenCallBuilder;
import dev.rolecall.tokencredentials.TokenCallCredentials;
import dev.rolecall.tokencredentials.TokenUnavailableException;
import dev.rolecall.tokens.IssuerProfile;
import dev.rolecall.tokens.TokenIssuer;
import io.grpc.ChannelCredentials;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keycloak judges the profiles that its tokens have, and the credentials that bring them. Started
 * by the Maven profile {@code keycloak} alone.
 */
final class KeycloakRun {

  @RegisterExtension static final PassedTests PASSED = PassedTests.of("keycloak");

  @TempDir private static Path folder;
  private static @Nullable KeycloakScene started;

  @RegisterExtension final Bench bench = new Bench();

  @BeforeAll
  static void start() throws Exception {
    KeycloakScene scene = new KeycloakScene(folder);
    started = scene;
    PASSED.version(scene.keycloak().version());
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
  }

  private static KeycloakScene scene() {
    return requireNonNull(started, "started");
  }

  private static TokenIssuer shop(IssuerProfile profile) {
    return scene().realm(SHOP, profile);
  }

  private GuardedServer server() {
    return scene().server(bench, shop(IssuerProfile.KEYCLOAK));
  }

  private TokenCallCredentials built(TokenCallBuilder builder) {
    return bench.closing(builder.build());
  }

  /** A token's text, outside gRPC. */
  private String text(TokenCallBuilder builder) {
    return built(builder).token(Runnable::run).toCompletableFuture().join().text();
  }

  private TokenUnavailableException failure(TokenCallBuilder builder) {
    Throwable failed =
        built(builder)
            .token(Runnable::run)
            .handle((token, failure) -> failure)
            .toCompletableFuture()
            .join();
    assertThat(failed).isInstanceOf(TokenUnavailableException.class);
    return (TokenUnavailableException) requireNonNull(failed);
  }

  private void assertAdmitted(GuardedServer server, TokenCallBuilder token, String client) {
    assertThat(bench.client(server).with(built(token)).say("hello")).startsWith("oidc:shop:");
    assertThat(lastCaller(server).attributes().client()).contains(client);
  }

  private static Caller lastCaller(GuardedServer server) {
    return server.audits().get(server.audits().size() - 1).caller().orElseThrow();
  }

  private SeenRefusal refusal(GuardedServer server, String token) {
    return bench.client(server).withAuthorization("Bearer " + token).sayRefused();
  }

  /** Refused for that reason, and the server's record says in words which check failed. */
  private void assertRefused(
      GuardedServer server, String token, RefusalReason reason, String words) {
    assertThat(refusal(server, token).reason()).isEqualTo(reason.name());
    assertThat(server.audits().get(server.audits().size() - 1).facts().map(Facts::list))
        .hasValueSatisfying(
            facts ->
                assertThat(facts).anySatisfy(fact -> assertThat(fact.value()).contains(words)));
  }

  @ParameterizedTest
  @CsvSource({"KEYCLOAK, writer", "RFC9068, rfc9068"})
  void token_ofItsProfile_isAdmitted_byARoleInItsClaims(IssuerProfile profile, String client) {
    GuardedServer server = scene().server(bench, shop(profile));

    assertAdmitted(server, scene().clientCredentials(client), client);
  }

  @ParameterizedTest
  @CsvSource({"RFC9068, writer", "KEYCLOAK, rfc9068"})
  void token_ofTheOtherProfile_isRefused(IssuerProfile profile, String client) {
    assertRefused(
        scene().server(bench, shop(profile)),
        text(scene().clientCredentials(client)),
        RefusalReason.CREDENTIAL_KIND_WRONG,
        "typ is not that of an access token");
  }

  @Test
  void token_withoutTheRoleOfThePolicy_isKnownAndDenied() {
    GuardedServer server = server();

    assertThat(refusal(server, text(scene().clientCredentials("reader"))).reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
    assertThat(lastCaller(server).attributes().client()).contains("reader");
  }

  @Test
  void token_forAnotherAudience_isRefused() {
    assertRefused(
        server(),
        text(scene().clientCredentials("biller")),
        RefusalReason.AUDIENCE_MISMATCH,
        "aud does not name this server");
  }

  @Test
  void token_ofAClientWithoutAnAudienceMapper_isRefused() {
    assertRefused(
        server(),
        text(scene().clientCredentials("unaddressed")),
        RefusalReason.AUDIENCE_MISMATCH,
        "aud does not name this server");
  }

  @Test
  void token_ofAnotherRealm_isRefused() {
    assertRefused(
        server(),
        text(scene().clientCredentials(OTHER, scene().secret("writer"))),
        RefusalReason.ISSUER_NOT_ALLOWED,
        "iss is not a configured issuer");
  }

  /** The client, the role and the audience have the same names there. */
  @Test
  void token_ofAnotherRealmThatIsAccepted_isAnotherCaller() {
    GuardedServer server =
        scene()
            .server(
                bench, shop(IssuerProfile.KEYCLOAK), scene().realm(OTHER, IssuerProfile.KEYCLOAK));

    assertAdmitted(server, scene().clientCredentials("writer"), "writer");
    assertThat(
            refusal(server, text(scene().clientCredentials(OTHER, scene().secret("writer"))))
                .reason())
        .isEqualTo(RefusalReason.METHOD_NOT_ALLOWED.name());
    assertThat(lastCaller(server).principal().text()).startsWith("oidc:other:");
  }

  @Test
  void tokensOfALogin_butTheAccessToken_areRefused() throws Exception {
    JsonValue.Members tokens = scene().tokensOfAlice();
    GuardedServer server = server();

    String access = tokens.text("access_token").orElseThrow();
    assertThat(bench.client(server).withAuthorization("Bearer " + access).say("hello"))
        .startsWith("oidc:shop:");
    // Its aud names this server too.
    assertRefused(
        server,
        tokens.text("id_token").orElseThrow(),
        RefusalReason.CREDENTIAL_KIND_WRONG,
        "its claims are of an ID token");
    // By HS512, with a key that Keycloak tells to none.
    assertRefused(
        server,
        tokens.text("refresh_token").orElseThrow(),
        RefusalReason.CREDENTIAL_MALFORMED,
        "alg");
  }

  @Test
  void token_withOneCharacterOfItsSignatureChanged_isRefused() {
    String token = text(scene().clientCredentials("writer"));
    int place = token.lastIndexOf('.') + 10;
    char other = token.charAt(place) == 'A' ? 'B' : 'A';

    assertRefused(
        server(),
        token.substring(0, place) + other + token.substring(place + 1),
        RefusalReason.SIGNATURE_INVALID,
        "the signature is not the key's");
  }

  @ParameterizedTest
  @EnumSource
  void token_inAnotherSpelling_isRefused(OtherSpelling spelling) {
    String token = text(scene().clientCredentials("writer"));
    GuardedServer server = server();

    assertThat(bench.client(server).withAuthorization("Bearer " + token).say("hello"))
        .startsWith("oidc:shop:");
    assertThat(refusal(server, spelling.of(token)).reason())
        .isEqualTo(RefusalReason.CREDENTIAL_MALFORMED.name());
  }

  private ChannelCredentials presenting(TestCertificate certificate) {
    return MutualTls.presenting(certificate, bench.certificate());
  }

  @Test
  void boundToken_isGoodOverItsOwnCertificatesConnectionsAlone() {
    GuardedServer server = server();
    TokenCallCredentials token = built(scene().clientCredentials(SHOP, scene().certificate()));

    assertThat(bench.client(server, presenting(scene().client)).with(token).say("hello"))
        .startsWith("oidc:shop:");
    assertThat(bench.client(server, presenting(scene().stranger)).with(token).sayRefused().reason())
        .isEqualTo(RefusalReason.SENDER_MISMATCH.name());
    assertThat(bench.client(server).with(token).sayRefused().reason())
        .isEqualTo(RefusalReason.SENDER_MISMATCH.name());
  }

  /**
   * All tokens of Keycloak are signed. With one more dot at the end, our servers take one for
   * opaque, and Keycloak takes it for the token that it is.
   */
  @Test
  void opaqueToken_isAdmitted_ifItsIssuerSaysSo() {
    GuardedServer server = scene().server(bench, scene().askedAs("orders"));

    assertThat(
            bench
                .client(server)
                .withAuthorization("Bearer " + text(scene().clientCredentials("writer")) + ".")
                .say("hello"))
        .startsWith("oidc:shop:");
    assertThat(lastCaller(server).evidence().scheme()).isEqualTo("oauth2-introspection");
    assertThat(lastCaller(server).attributes().client()).contains("writer");
  }

  @ParameterizedTest
  @CsvSource({"orders, biller", "billing, writer"})
  void opaqueToken_thatIsNotForTheClientThatAsks_isInactive(String asking, String client) {
    assertRefused(
        scene().server(bench, scene().askedAs(asking)),
        text(scene().clientCredentials(client)) + ".",
        RefusalReason.CREDENTIAL_INACTIVE,
        "not active");
  }

  @Test
  void opaqueToken_thatWasRevoked_isInactive() throws Exception {
    String token = scene().tokensOfAlice().text("access_token").orElseThrow();
    assertThat(scene().post("/revoke", Map.of("token", token)).statusCode()).isEqualTo(200);

    assertRefused(
        scene().server(bench, scene().askedAs("orders")),
        token + ".",
        RefusalReason.CREDENTIAL_INACTIVE,
        "not active");
  }

  @Test
  void opaqueToken_whereKeycloakRefusesTheServerItself_isAnOutage() {
    SeenRefusal refusal =
        refusal(
            scene().server(bench, scene().askedAs("impostor")),
            text(scene().clientCredentials("writer")) + ".");

    assertThat(refusal.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(refusal.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE.name());
  }

  @Test
  void exchangedToken_isAdmitted_asItsSubjectByTheGateway() {
    String subject = text(scene().clientCredentials("edge"));
    GuardedServer server = server();

    assertRefused(
        server, subject, RefusalReason.AUDIENCE_MISMATCH, "aud does not name this server");
    assertAdmitted(server, scene().exchange(subject, "orders"), "gateway");
  }

  @ParameterizedTest
  @CsvSource({"writer, orders", "edge, nowhere"})
  void exchange_thatKeycloakDoesNotAllow_isRefusedThere(String subject, String audience) {
    TokenUnavailableException failure =
        failure(scene().exchange(text(scene().clientCredentials(subject)), audience));

    assertThat(failure.error()).isPresent();
    assertThat(failure.isRetryable()).isFalse();
  }

  @Test
  void clientSecretPost_isTaken() {
    assertAdmitted(
        server(),
        scene()
            .clientCredentials(
                SHOP, ClientAuthentication.secretPost("writer", scene().keycloak()::secret)),
        "writer");
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "ES256"})
  void privateKeyJwt_isTaken(Algorithm algorithm) {
    assertAdmitted(
        server(), scene().clientCredentials(SHOP, scene().assertion(algorithm)), "assertion");
  }

  @Test
  void wrongSecret_isRefusedThere_andNotTriedAgain() {
    TokenUnavailableException failure =
        failure(
            scene()
                .clientCredentials(
                    SHOP, ClientAuthentication.secretBasic("writer", () -> "wr0ng")));

    assertThat(failure.error()).contains("unauthorized_client");
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageNotContaining("wr0ng");
  }
}
