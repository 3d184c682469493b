package dev.rolecall.tokencredentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.testsupport.ManualExecutor;
import dev.rolecall.testsupport.ManualTime;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("attack")
final class TokenCallCredentialsTest {

  private static final String SECRET = "s3cret:+ %&=";

  private final ManualTime time = new ManualTime();
  private final FakeIssuer issuer = new FakeIssuer();
  private final TokenCallCredentials credentials = builder().build();

  @AfterEach
  void close() {
    credentials.close();
    issuer.close();
  }

  private TokenCallBuilder builder() {
    return TokenCallCredentials.clientCredentials(
            TokenIssuer.at(issuer.uri("/token")),
            ClientAuthentication.secretBasic("check out", () -> SECRET))
        .clock(time)
        .ticker(time::nanos)
        .jitter(() -> 0)
        .allowPlaintextTokenEndpointOnLoopback();
  }

  @Test
  void call_first_carriesATokenOfTheEndpoint() {
    issuer.token("abc.DEF-1", 600);

    assertThat(call().token()).isEqualTo("abc.DEF-1");
    FakeIssuer.Request request = issuer.tokenRequests().get(0);
    assertThat(request.field("grant_type")).isEqualTo("client_credentials");
    assertThat(request.form()).containsOnlyKeys("grant_type");
    // base64 of "check+out:s3cret%3A%2B+%25%26%3D": each half is form-encoded first.
    assertThat(request.headers())
        .containsEntry("authorization", "Basic Y2hlY2srb3V0OnMzY3JldCUzQSUyQislMjUlMjYlM0Q=")
        .containsEntry("content-type", "application/x-www-form-urlencoded")
        .containsEntry("accept", "application/json");
  }

  @Test
  void calls_whileFresh_askNothing() {
    issuer.token("one", 600);
    assertThat(call().token()).isEqualTo("one");
    issuer.token("two", 600);
    time.advance(Duration.ofSeconds(400).minusMillis(1));

    assertThat(call().token()).isEqualTo("one");
    assertThat(issuer.tokenRequests()).hasSize(1);
  }

  @Test
  void calls_stale_useTheOldOneUntilTheNewOneIsThere() {
    issuer.token("one", 600);
    assertThat(call().token()).isEqualTo("one");
    issuer.token("two", 600);
    time.advance(Duration.ofSeconds(400));

    assertThat(call().token()).isEqualTo("one");
    assertThat(credentials.token(Runnable::run).toCompletableFuture()).isDone();
    eventually("two");
    assertThat(issuer.tokenRequests()).hasSize(2);
  }

  @Test
  void calls_inTheLastSixth_waitForTheNewOne() {
    issuer.token("one", 600);
    assertThat(call().token()).isEqualTo("one");
    issuer.token("two", 600);
    time.advance(Duration.ofSeconds(500));

    assertThat(call().token()).isEqualTo("two");
  }

  @Test
  void calls_manyWaiting_askOnceAndBlockNoExecutor() {
    issuer.token("one", 600);
    ManualExecutor executor = new ManualExecutor();
    List<FakeCall> calls =
        Stream.generate(() -> FakeCall.of(credentials, executor)).limit(200).toList();
    assertThat(calls).noneMatch(FakeCall::isAnswered);

    executor.runAll();

    assertThat(calls).allSatisfy(call -> assertThat(call.token()).isEqualTo("one"));
    assertThat(issuer.tokenRequests()).hasSize(1);
  }

  @Test
  void call_options_areFieldsOfTheForm() {
    issuer.token("one", 600);
    try (TokenCallCredentials scoped =
        builder()
            .scope("orders:read", "orders:write")
            .audience("orders")
            .resource(URI.create("https://orders.example/v1?x=y"))
            .build()) {
      assertThat(FakeCall.of(scoped, Runnable::run).token()).isEqualTo("one");
    }

    FakeIssuer.Request request = issuer.tokenRequests().get(0);
    assertThat(request.field("scope")).isEqualTo("orders:read orders:write");
    assertThat(request.field("audience")).isEqualTo("orders");
    assertThat(request.field("resource")).isEqualTo("https://orders.example/v1?x=y");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRIVACY_AND_INTEGRITY")
  void call_withoutTransportSecurity_getsNoToken(SecurityLevel security) {
    issuer.token("one", 600);

    Status status = FakeCall.over(security, credentials, Runnable::run).status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("allowPlaintext()");
    assertThat(issuer.requests()).isEmpty();
  }

  @Test
  void call_plaintextAllowed_carriesTheToken() {
    issuer.token("one", 600);
    try (TokenCallCredentials plain = builder().allowPlaintext().build()) {
      assertThat(FakeCall.over(SecurityLevel.NONE, plain, Runnable::run).token()).isEqualTo("one");
    }
  }

  @Test
  void call_afterClose_isUnauthenticated() {
    issuer.token("one", 600);
    assertThat(call().token()).isEqualTo("one");
    credentials.close();

    assertThat(call().status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(credentials.token(Runnable::run).toCompletableFuture()).isCompletedExceptionally();
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_scope, UNAUTHENTICATED",
    "401, invalid_client, UNAUTHENTICATED",
    "403, access_denied, UNAUTHENTICATED",
    "400, something_new, UNAUTHENTICATED",
    "400, temporarily_unavailable, UNAVAILABLE",
    "400, slow_down, UNAVAILABLE",
  })
  void call_errorOfOAuth_namesHostCodeAndAdvice(int http, String error, Status.Code code) {
    issuer.answer(
        "/token",
        http + " No",
        "cache-control: no-store",
        "{\"error\":\"%s\",\"error_description\":\"tell\\u001b[31m them\"}".formatted(error));

    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription())
        .contains("127.0.0.1:", error, "tell\\u{1b}[31m them")
        .doesNotContain("\u001b", "s3cret");
    assertThat(status.getCause())
        .isInstanceOfSatisfying(
            TokenUnavailableException.class, e -> assertThat(e.error()).contains(error));
  }

  @Test
  void call_errorThatRepeatsTheSecret_hidesIt() {
    issuer.answer(
        "/token",
        "401 No",
        "x: y",
        "{\"error\":\"invalid_client\",\"error_description\":\"bad secret %s\"}".formatted(SECRET));

    assertThat(call().status().getDescription())
        .contains("invalid_client (****)")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"429", "408", "500", "502", "503", "504"})
  void call_issuerBusyOrDown_isUnavailable(int http) {
    issuer.answer("/token", http + " No", "x: y", "{\"error\":\"invalid_client\"}");

    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).contains("127.0.0.1:", String.valueOf(http));
  }

  @Test
  void call_redirect_isNotFollowed() {
    issuer.token("stolen", 600);
    issuer.answer(
        "/token", "307 Temporary Redirect", "location: " + issuer.uri("/other"), "elsewhere");

    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("307", "redirects are not followed");
    assertThat(issuer.requests()).hasSize(1);
  }

  @Test
  void call_noSuchEndpoint_saysSo() {
    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("404", "check the issuer");
  }

  @Test
  void call_answerThatDoesNotEnd_isUnavailableInTime() {
    issuer.token("one", 600).holding();
    try (TokenCallCredentials impatient = builder().patience(Duration.ofMillis(300)).build()) {
      Status status = FakeCall.of(impatient, Runnable::run).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).contains("in time");
    }
  }

  @Test
  void call_answerAbove64KiB_isUnavailable() {
    issuer.answer(
        "/token",
        "{\"access_token\":\"one\",\"token_type\":\"Bearer\",\"x\":\"%s\"}"
            .formatted("x".repeat(65_536)));

    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription())
        .contains("127.0.0.1:", "more than 64 KiB")
        .doesNotContain("xxx");
  }

  @Test
  void call_connectionRefused_isUnavailable() {
    issuer.close();

    Status status = call().status();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).contains("127.0.0.1:", "refuses connections");
  }

  @Test
  void call_secretThatCannotBeRead_isUnavailableAndKeepsItsWordsBack() {
    try (TokenCallCredentials broken = of(() -> failed("s3cret in the message"))) {
      Status status = FakeCall.of(broken, Runnable::run).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription()).contains("IOException").doesNotContain("s3cret");
    }
  }

  @Test
  void call_secretThatThrowsSomethingElse_isADefectWithoutItsWords() {
    try (TokenCallCredentials broken =
        of(
            () -> {
              throw new IllegalStateException("s3cret in the message");
            })) {
      Status status = FakeCall.of(broken, Runnable::run).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
      assertThat(status.getDescription())
          .contains("IllegalStateException")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void call_secretThatHangs_isUnavailableInTime() {
    CompletableFuture<String> never = new CompletableFuture<>();
    try (TokenCallCredentials hung =
        TokenCallCredentials.clientCredentials(
                TokenIssuer.at(issuer.uri("/token")),
                ClientAuthentication.secretPost("checkout", never::join))
            .allowPlaintextTokenEndpointOnLoopback()
            .patience(Duration.ofMillis(100))
            .build()) {
      assertThat(FakeCall.of(hung, Runnable::run).status().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
    never.complete("late");
  }

  @Test
  void calls_afterAnErrorOfOAuth_failAtOnceUntilThePauseIsOver() {
    issuer.answer("/token", "401 No", "x: y", "{\"error\":\"invalid_client\"}");
    assertThat(call().status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    issuer.token("one", 600);

    time.advance(Duration.ofSeconds(1).minusNanos(1));
    assertThat(call().status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    time.advance(Duration.ofNanos(1));
    assertThat(call().token()).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource({"20, 20", "3600, 60"})
  void calls_afterRetryAfter_waitForThatButAMinuteAtMost(long asked, long waited) {
    issuer.answer("/token", "503 No", "retry-after: " + asked, "");
    assertThat(call().status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    issuer.token("one", 600);

    time.advance(Duration.ofSeconds(waited).minusNanos(1));
    assertThat(call().status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    time.advance(Duration.ofNanos(1));
    assertThat(call().token()).isEqualTo("one");
  }

  @Test
  void calls_issuerDownWhileTheTokenIsGood_goOn() {
    issuer.token("one", 600);
    assertThat(call().token()).isEqualTo("one");
    issuer.answer("/token", "503 No", "x: y", "");
    time.advance(Duration.ofSeconds(499));

    assertThat(call().token()).isEqualTo("one");
    time.advance(Duration.ofSeconds(1));
    assertThat(call().status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void build_plainHttp_isRefusedUnlessOnLoopbackAndAllowed() {
    for (String endpoint : List.of("http://127.0.0.1:1/token", "http://idp.example/token")) {
      assertThatThrownBy(
              () ->
                  TokenCallCredentials.clientCredentials(
                          TokenIssuer.at(URI.create(endpoint)),
                          ClientAuthentication.publicClient("checkout"))
                      .build())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("plain http (expected: https");
    }
    assertThatThrownBy(
            () ->
                TokenCallCredentials.clientCredentials(
                        TokenIssuer.at(URI.create("http://localhost.example/token")),
                        ClientAuthentication.publicClient("checkout"))
                    .allowPlaintextTokenEndpointOnLoopback()
                    .build())
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"'a b'", "''", "'a\"b'", "'a\\b'", "'a\u00e9b'"})
  void scope_malformed_isRefused(String scope) {
    assertThatThrownBy(() -> builder().scope(scope))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scope");
  }

  @Test
  void options_thatContradict_areRefused() {
    TokenCallBuilder file = TokenCallCredentials.tokenFile(java.nio.file.Path.of("token"));
    SubjectToken actor = new SubjectToken(() -> "t", SubjectToken.JWT);

    assertThatThrownBy(() -> file.scope("orders")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> file.audience("orders")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder().actor(actor))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exchange");
    assertThatThrownBy(() -> builder().requestedTokenType(SubjectToken.JWT))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder().resource(URI.create("orders")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void exchange_always_sendsSubjectAndActor() {
    issuer.token("exchanged", 600);
    try (TokenCallCredentials exchanging =
        TokenCallCredentials.exchange(
                TokenIssuer.at(issuer.uri("/token")),
                ClientAuthentication.secretPost("agent", () -> SECRET),
                new SubjectToken(() -> "subject.1", SubjectToken.ACCESS_TOKEN))
            .actor(new SubjectToken(() -> "actor.1", SubjectToken.JWT))
            .requestedTokenType(SubjectToken.ACCESS_TOKEN)
            .audience("orders")
            .allowPlaintextTokenEndpointOnLoopback()
            .build()) {
      assertThat(FakeCall.of(exchanging, Runnable::run).token()).isEqualTo("exchanged");
    }

    FakeIssuer.Request request = issuer.tokenRequests().get(0);
    assertThat(request.field("grant_type"))
        .isEqualTo("urn:ietf:params:oauth:grant-type:token-exchange");
    assertThat(request.field("subject_token")).isEqualTo("subject.1");
    assertThat(request.field("subject_token_type")).isEqualTo(SubjectToken.ACCESS_TOKEN);
    assertThat(request.field("actor_token")).isEqualTo("actor.1");
    assertThat(request.field("actor_token_type")).isEqualTo(SubjectToken.JWT);
    assertThat(request.field("requested_token_type")).isEqualTo(SubjectToken.ACCESS_TOKEN);
    assertThat(request.field("client_id")).isEqualTo("agent");
    assertThat(request.field("client_secret")).isEqualTo(SECRET);
    assertThat(request.headers()).doesNotContainKey("authorization");
  }

  @Test
  void exchange_errorThatRepeatsTheSubject_hidesIt() {
    issuer.answer(
        "/token",
        "400 No",
        "x: y",
        "{\"error\":\"invalid_grant\",\"error_description\":\"subject.1 is over\"}");
    try (TokenCallCredentials exchanging =
        TokenCallCredentials.exchange(
                TokenIssuer.at(issuer.uri("/token")),
                ClientAuthentication.publicClient("agent"),
                new SubjectToken(() -> "subject.1", SubjectToken.JWT))
            .allowPlaintextTokenEndpointOnLoopback()
            .build()) {
      assertThat(FakeCall.of(exchanging, Runnable::run).status().getDescription())
          .contains("invalid_grant")
          .doesNotContain("subject.1");
    }
  }

  @Test
  void toString_always_showsNoSecret() {
    assertThat(credentials)
        .hasToString(
            "TokenCallCredentials[Grant[client_credentials], ClientAuthentication[check out]]");
    assertThat(AccessToken.issued("abc", time.instant(), time.instant().plusSeconds(60)))
        .hasToString("AccessToken[****]");
  }

  private FakeCall call() {
    return FakeCall.of(credentials, Runnable::run);
  }

  /** Calls until the renewal behind them has ended. */
  private void eventually(String token) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!call().token().equals(token)) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.onSpinWait();
    }
  }

  private TokenCallCredentials of(SecretSource secret) {
    return TokenCallCredentials.clientCredentials(
            TokenIssuer.at(issuer.uri("/token")),
            ClientAuthentication.secretBasic("checkout", secret))
        .allowPlaintextTokenEndpointOnLoopback()
        .build();
  }

  private static String failed(String words) throws IOException {
    throw new IOException(words);
  }
}
