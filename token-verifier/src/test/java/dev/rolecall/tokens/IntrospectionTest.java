package dev.rolecall.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.OidcSubject;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.tokens.internal.http.IssuerResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opaque tokens, about which their issuer is asked. */
@Tag("attack")
final class IntrospectionTest {

  private static final String ENDPOINT = "https://idp.example/introspect";
  private static final String OPAQUE = "2YotnFZFEjr1zCsicMWpAA-2YotnFZFEjr1zCsicMWp";
  private static final long NOW = Issuers.NOW.getEpochSecond();

  private static final Connection STRANGER = Connection.withoutTls("203.0.113.9");

  @TempDir Path folder;
  private Path clientFile;

  @BeforeEach
  void write() throws IOException {
    clientFile = folder.resolve("client");
    Files.writeString(clientFile, "orders service\ns3cr+t/%\n");
  }

  private Bench bench(Issuers issuers) {
    return bench(issuers, issuer -> issuer);
  }

  private Bench bench(Issuers issuers, UnaryOperator<TokenIssuer> change) {
    return new Bench(
        issuers,
        change
            .apply(TokenIssuer.of("okta", Issuers.IDP).introspect(URI.create(ENDPOINT), clientFile))
            .forAudience("orders"));
  }

  private static Issuers saying(String json) {
    return Issuers.usual().answers(ENDPOINT, json);
  }

  /** What an issuer says of a good token, with further members. */
  private static String active(String more) {
    return "{\"active\":true,\"aud\":\"orders\",\"client_id\":\"checkout\",\"sub\":\"alice\""
        + more
        + "}";
  }

  private static Verification ask(Bench bench) {
    return ask(bench, OPAQUE, Bench.PEER);
  }

  /** The file of the secret is read on another thread, so the verdict may take a moment. */
  private static Verification ask(Bench bench, String token, Connection connection) {
    try {
      return bench.lookup.find(Credential.bearer(token), connection).get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void activeToken_isItsSubject() {
    Issuers issuers =
        saying(active(",\"scope\":\"orders:read\",\"jti\":\"j1\",\"exp\":" + (NOW + 30)));
    try (Bench bench = bench(issuers)) {
      Verification verdict = ask(bench);

      assertThat(Bench.word(verdict)).isEqualTo("verified");
      Caller caller = ((Verification.Verified) verdict).caller();
      assertThat(caller.principal()).isEqualTo(OidcSubject.of("okta", "alice"));
      assertThat(caller.attributes().client()).contains("checkout");
      assertThat(caller.attributes().scopes()).containsExactly("orders:read");
      assertThat(caller.evidence().scheme()).isEqualTo("oauth2-introspection");
      assertThat(caller.evidence().credentialId()).contains("j1");
      assertThat(caller.notAfter()).isEqualTo(Issuers.NOW.plusSeconds(30));
    }
  }

  @Test
  void question_hasOurCredentialsFormEncoded_andTheTokenInTheBody() {
    Issuers issuers = saying(active(""));
    try (Bench bench = bench(issuers)) {
      ask(bench);

      var request = issuers.requests().get(issuers.requests().size() - 1);
      String basic = request.authorization().orElseThrow().substring("Basic ".length());
      assertThat(new String(Base64.getDecoder().decode(basic), US_ASCII))
          .isEqualTo("orders+service:s3cr%2Bt%2F%25");
      assertThat(request.form()).contains("token=" + OPAQUE + "&token_type_hint=access_token");
    }
  }

  @Test
  void answer_isRememberedForAMinuteAndThenAskedForAgain() {
    Issuers issuers = saying(active(",\"exp\":" + (NOW + 3_600)));
    try (Bench bench = bench(issuers)) {
      for (int i = 0; i < 10; i++) {
        assertThat(Bench.word(ask(bench))).isEqualTo("verified");
      }
      assertThat(issuers.asked(ENDPOINT)).isEqualTo(1);
      bench.scheduler.pass(Duration.ofSeconds(61));
      issuers.answers(ENDPOINT, "{\"active\":false}");

      assertThat(Bench.word(ask(bench))).isEqualTo("refused CREDENTIAL_INACTIVE");
      assertThat(issuers.asked(ENDPOINT)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "access_token"})
  void tokenOfTheTypeBearer_isVerified(String type) {
    try (Bench bench = bench(saying(active(",\"token_type\":\"" + type + "\"")))) {
      assertThat(Bench.word(ask(bench))).isEqualTo("verified");
    }
  }

  @Test
  void answer_withoutSubject_isTheClient() {
    try (Bench bench =
        bench(saying("{\"active\":true,\"aud\":\"orders\",\"client_id\":\"checkout\"}"))) {
      assertThat(((Verification.Verified) ask(bench)).caller().principal().text())
          .isEqualTo("oidc:okta:checkout");
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("{\"active\":false}", "CREDENTIAL_INACTIVE"),
        arguments("{\"active\":false,\"sub\":\"alice\",\"aud\":\"orders\"}", "CREDENTIAL_INACTIVE"),
        arguments(active("").replace("\"orders\"", "\"billing\""), "AUDIENCE_MISMATCH"),
        arguments(active("").replace("\"aud\":\"orders\",", ""), "AUDIENCE_MISMATCH"),
        arguments(active("").replace("\"orders\"", "[7]"), "CLAIM_INVALID"),
        arguments(active(",\"iss\":\"https://evil.example\""), "ISSUER_NOT_ALLOWED"),
        arguments(active(",\"iss\":null"), "CLAIM_INVALID"),
        arguments(active(",\"exp\":" + NOW), "CREDENTIAL_EXPIRED"),
        arguments(active(",\"exp\":null"), "CLAIM_INVALID"),
        arguments(active(",\"exp\":\"soon\""), "CLAIM_INVALID"),
        arguments(active(",\"nbf\":" + (NOW + 31)), "CREDENTIAL_NOT_YET_VALID"),
        arguments(active(",\"token_type\":\"refresh_token\""), "CREDENTIAL_KIND_WRONG"),
        arguments(active(",\"token_type\":\"DPoP\""), "CREDENTIAL_KIND_WRONG"),
        arguments(active(",\"token_type\":\"mac\""), "CREDENTIAL_KIND_WRONG"),
        arguments(active(",\"token_type\":null"), "CREDENTIAL_KIND_WRONG"),
        arguments(active(",\"token_type\":[\"Bearer\"]"), "CREDENTIAL_KIND_WRONG"),
        arguments(active(",\"typ\":\"Refresh\""), "CREDENTIAL_KIND_WRONG"),
        arguments(active(",\"typ\":\"ID\""), "CREDENTIAL_KIND_WRONG"),
        arguments(active(",\"cnf\":{\"jkt\":\"" + "A".repeat(43) + "\"}"), "SENDER_MISMATCH"),
        arguments(active(",\"cnf\":{\"x5t#S256\":\"" + "A".repeat(43) + "\"}"), "SENDER_MISMATCH"),
        arguments(active(",\"act\":" + Acts.nested(5)), "CLAIM_INVALID"),
        arguments(active(",\"azp\":\"other\""), "CLAIM_INVALID"),
        arguments("{\"active\":true,\"aud\":\"orders\"}", "CLAIM_INVALID"),
        arguments(active("").replace("alice", "*"), "CLAIM_INVALID"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatTheIssuerSays_mayRefuse(String json, String reason) {
    try (Bench bench = bench(saying(json))) {
      Verification verdict = ask(bench);

      assertThat(Bench.word(verdict)).isEqualTo("refused " + reason);
      assertThat(Bench.facts(verdict)).contains("issuer=okta").doesNotContain(OPAQUE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"active\":\"true\",\"aud\":\"orders\",\"sub\":\"alice\"}",
        "{\"active\":1,\"aud\":\"orders\",\"sub\":\"alice\"}",
        "{\"active\":null}",
        "{\"aud\":\"orders\",\"sub\":\"alice\"}",
        "{\"active\":true,\"active\":true,\"aud\":\"orders\",\"sub\":\"alice\"}",
        "{\"active\":false,\"active\":true,\"aud\":\"orders\",\"sub\":\"alice\"}",
        "true",
        "[]",
        "",
        "<html>"
      })
  void answerThatIsNone_isNeitherYesNorNo(String body) {
    try (Bench bench = bench(saying(body))) {
      assertThat(Bench.word(ask(bench))).isEqualTo("unavailable ISSUER_ANSWER_INVALID");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, '', ISSUER_UNAVAILABLE, own_credentials",
    "403, '', ISSUER_UNAVAILABLE, own_credentials",
    "400, '{\"error\":\"invalid_client\"}', ISSUER_UNAVAILABLE, own_credentials",
    "400, '{\"error\":\"invalid_request\"}', ISSUER_UNAVAILABLE, status",
    "429, '', ISSUER_UNAVAILABLE, status",
    "500, '', ISSUER_UNAVAILABLE, status",
    "503, '', ISSUER_UNAVAILABLE, status",
    "302, '', ISSUER_ANSWER_INVALID, redirect"
  })
  void statusThatIsNotOurs_isAnOutageAndNoRefusal(
      int status, String body, String reason, String cause) {
    Issuers issuers = Issuers.usual().answers(ENDPOINT, status, body);
    try (Bench bench = bench(issuers)) {
      assertThat(Bench.word(ask(bench))).isEqualTo("unavailable " + reason);
      assertThat(bench.telemetry.sum("rolecall.issuer.failures{cause=" + cause + ",issuer=okta}"))
          .isEqualTo(1);
    }
  }

  @Test
  void refusalOfOurCredentials_isAnAlarmAtOnce_withoutTheSecret() {
    Issuers issuers = Issuers.usual().answers(ENDPOINT, 401, "");
    try (CapturedLog log = CapturedLog.of("rolecall.tokens", Level.INFO);
        Bench bench = bench(issuers)) {
      ask(bench);

      assertThat(log.at(Level.WARNING)).hasSize(1);
      assertThat(log.text())
          .contains("issuer okta", "refused this server's client id or secret")
          .doesNotContain("s3cr");
    }
  }

  @Test
  void clientFile_thatIsMissingOrShort_isAnOutage_andAGoodOneIsReadWithoutARestart()
      throws IOException {
    Issuers issuers = saying(active(""));
    Files.writeString(clientFile, "only-one-line\n");
    try (Bench bench = bench(issuers)) {
      assertThat(Bench.word(ask(bench))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(issuers.asked(ENDPOINT)).isZero();
      Files.writeString(clientFile, "orders\nrotated\n");

      assertThat(Bench.word(ask(bench))).isEqualTo("verified");
    }
  }

  @Test
  void endpointThatHangs_isEndedAfterFiveSeconds() {
    Issuers issuers = Issuers.usual();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    issuers.then(
        ENDPOINT,
        request -> {
          asked.complete(null);
          return new CompletableFuture<>();
        });
    try (Bench bench = bench(issuers)) {
      var call = bench.begin(OPAQUE, "198.51.100.1");
      asked.orTimeout(20, TimeUnit.SECONDS).join();
      while (bench.scheduler.waiting().stream().noneMatch(Duration.ofSeconds(5)::equals)) {
        Thread.onSpinWait();
      }
      bench.scheduler.pass(Duration.ofSeconds(5));

      assertThat(Bench.word(call.orTimeout(20, TimeUnit.SECONDS).join()))
          .isEqualTo("unavailable ISSUER_UNAVAILABLE");
    }
  }

  @Test
  void endpointThatIsAway_isAskedOnceAPause_byAQuestionOfOurOwn() {
    Issuers issuers = Issuers.usual().fails(ENDPOINT, new IOException("down"));
    try (Bench bench = bench(issuers)) {
      for (int i = 0; i < 50; i++) {
        assertThat(Bench.word(ask(bench, OPAQUE + i, Bench.PEER)))
            .isEqualTo("unavailable ISSUER_UNAVAILABLE");
      }
      assertThat(issuers.asked(ENDPOINT)).as("three tokens, then a question").isEqualTo(4);
      issuers.answers(ENDPOINT, active(""));
      bench.scheduler.pass(Duration.ofSeconds(1));

      assertThat(Bench.word(ask(bench))).isEqualTo("verified");
      assertThat(issuers.requests())
          .filteredOn(request -> request.form().isPresent())
          .extracting(request -> request.form().orElseThrow().contains("rolecall-asks"))
          .containsExactly(false, false, false, true, true, false);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 500})
  void tokensThatTheEndpointFailsOn_costOtherCallersNothing(int status) {
    Issuers issuers =
        Issuers.usual()
            .then(
                ENDPOINT,
                request -> {
                  boolean chokes = request.form().orElseThrow().contains("passwd");
                  return CompletableFuture.completedFuture(
                      new IssuerResponse(
                          chokes ? status : 200, Optional.empty(), active("").getBytes(UTF_8)));
                });
    try (Bench bench = bench(issuers)) {
      for (int i = 0; i < 9; i++) {
        assertThat(Bench.word(ask(bench, "../../../etc/passwd+" + i, STRANGER)))
            .isEqualTo("unavailable ISSUER_UNAVAILABLE");
        if (i >= 3) {
          assertThat(Bench.word(ask(bench, OPAQUE + i, Bench.PEER))).isEqualTo("verified");
        }
      }
    }
  }

  @Test
  void manyFailuresAtOnce_prolongNoPause() throws Exception {
    Issuers issuers = saying(active(""));
    List<CompletableFuture<IssuerResponse>> underWay = new CopyOnWriteArrayList<>();
    CountDownLatch ten = new CountDownLatch(10);
    try (Bench bench = bench(issuers)) {
      assertThat(Bench.word(ask(bench))).isEqualTo("verified");
      issuers.then(
          ENDPOINT,
          request -> {
            CompletableFuture<IssuerResponse> answer = new CompletableFuture<>();
            underWay.add(answer);
            ten.countDown();
            return answer;
          });
      var calls =
          IntStream.range(0, 10).mapToObj(i -> bench.begin(OPAQUE + i, "203.0.113.9")).toList();
      assertThat(ten.await(20, TimeUnit.SECONDS)).isTrue();
      issuers.fails(ENDPOINT, new IOException("down"));
      underWay.forEach(each -> each.completeExceptionally(new IOException("down")));
      calls.forEach(call -> call.orTimeout(20, TimeUnit.SECONDS).join());
      assertThat(Bench.word(ask(bench, OPAQUE + "-down", Bench.PEER)))
          .isEqualTo("unavailable ISSUER_UNAVAILABLE");

      issuers.answers(ENDPOINT, active(""));
      bench.scheduler.pass(Duration.ofSeconds(1));

      assertThat(Bench.word(ask(bench, OPAQUE + "-up", Bench.PEER))).isEqualTo("verified");
    }
  }

  @Test
  void signedToken_thatIsBad_isNeverAskedAbout() {
    Issuers issuers = saying(active(""));
    try (Bench bench = bench(issuers)) {
      String good = Token.of(Issuers.RSA, Issuers.IDP).signed(Issuers.RSA);
      for (String bad :
          new String[] {
            good + "x",
            good.substring(0, good.length() - 4),
            good + "=",
            Token.of(Issuers.EC, Issuers.IDP).forged(1),
            "a.b.c",
            "eyJhbGciOiJub25lIn0.e30.",
            "..",
          }) {
        assertThat(Bench.word(ask(bench, bad, Bench.PEER))).as(bad).startsWith("refused");
      }
      assertThat(issuers.asked(ENDPOINT)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rolecall-v1~abcdefghijklmnopqrst",
        "k8s-aws-v1.aHR0cHM6Ly9zdHM",
        "rck_abcdefghijklmnopqrstuvwxyz",
        "short",
        "a text with spaces in it",
        "quote\"quote\"quote\"quote"
      })
  void otherCredentials_areNeverAskedAbout(String text) {
    Issuers issuers = saying(active(""));
    try (Bench bench = bench(issuers)) {
      assertThat(Bench.word(ask(bench, text, Bench.PEER)))
          .isEqualTo("refused CREDENTIAL_MALFORMED");
      assertThat(issuers.asked(ENDPOINT)).isZero();
    }
  }

  @Test
  void withoutIntrospection_opaqueTokensAreLeftToOtherSchemes() {
    try (Bench bench = Bench.usual()) {
      assertThat(bench.word(OPAQUE)).isEqualTo("refused CREDENTIAL_MALFORMED");
    }
  }

  @Test
  void boundToken_isGoodOnItsOwnConnectionAlone() {
    BindingHash mine = BindingHash.of("mine".getBytes(UTF_8));
    Connection tls = new Connection("198.51.100.1", Set.of(mine));
    try (Bench bench = bench(saying(active(",\"cnf\":{\"x5t#S256\":\"" + mine + "\"}")))) {
      assertThat(Bench.word(ask(bench, OPAQUE, tls.of(mine)))).isEqualTo("verified");
      assertThat(Bench.word(ask(bench, OPAQUE, tls))).isEqualTo("refused SENDER_MISMATCH");
      assertThat(Bench.word(ask(bench, OPAQUE, tls.of(BindingHash.of("x".getBytes(UTF_8))))))
          .isEqualTo("refused SENDER_MISMATCH");
    }
  }

  @Test
  void audience_mayBeAbsentWhereThatIsAllowed_butNotAnother() {
    Issuers issuers = saying(active("").replace("\"aud\":\"orders\",", ""));
    try (Bench bench = bench(issuers, TokenIssuer::acceptOpaqueTokensWithoutAudience)) {
      assertThat(Bench.word(ask(bench))).isEqualTo("verified");
      issuers.answers(ENDPOINT, active("").replace("\"orders\"", "\"billing\""));
      assertThat(Bench.word(ask(bench, OPAQUE + "2", Bench.PEER)))
          .isEqualTo("refused AUDIENCE_MISMATCH");
    }
  }

  @Test
  void settings_areChecked() {
    assertThatThrownBy(
            () -> TokenIssuer.of("a", Issuers.IDP).introspectAgainAfter(Duration.ofSeconds(5)))
        .hasMessageContaining("introspect(...) first");
    assertThatThrownBy(
            () ->
                TokenIssuer.of("a", Issuers.IDP)
                    .introspect(URI.create(ENDPOINT), clientFile)
                    .introspectAgainAfter(Duration.ZERO))
        .hasMessageContaining("introspectAgainAfter: PT0S (expected:");
    assertThatThrownBy(
            () ->
                bench(
                    Issuers.usual(),
                    issuer -> issuer.introspect(URI.create("http://idp.example/i"), clientFile)))
        .hasMessageContaining("introspection: http://idp.example/i (expected: https://");
    assertThatThrownBy(
            () ->
                new Bench(
                    Issuers.usual(),
                    TokenVerifier.forAudience("orders")
                        .accept(
                            TokenIssuer.of("a", Issuers.IDP)
                                .introspect(URI.create(ENDPOINT), clientFile))
                        .accept(
                            TokenIssuer.of("b", "https://b.example")
                                .introspect(URI.create(ENDPOINT), clientFile))))
        .hasMessageContaining("introspection: b (expected: one issuer");
  }
}
