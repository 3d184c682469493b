package dev.rolecall.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.rolecall.testsupport.ManualExecutor;
import dev.rolecall.testsupport.ManualTime;
import io.grpc.Metadata;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;

/** With the AWS SDK's own STS client, over a loopback connection. */
@Tag("attack")
final class WebIdentityCallCredentialsTest {

  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJvcmRlcnMifQ.c2lnbmF0dXJl";

  private final ManualTime time = new ManualTime();
  private final FakeCredentials provider = new FakeCredentials();
  private final ManualExecutor executor = new ManualExecutor();
  private final FakeConnection tls = FakeConnection.tls();

  private static String answer(String token) {
    return "<GetWebIdentityTokenResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
        + "<GetWebIdentityTokenResult><WebIdentityToken>"
        + token
        + "</WebIdentityToken><Expiration>2126-11-21T23:18:45Z</Expiration>"
        + "</GetWebIdentityTokenResult>"
        + "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"
        + "</GetWebIdentityTokenResponse>";
  }

  private static String refusal(String code) {
    return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error>"
        + "<Type>Sender</Type><Code>"
        + code
        + "</Code><Message>echo of "
        + FakeCredentials.SESSION_TOKEN
        + "</Message></Error><RequestId>r-2</RequestId></ErrorResponse>";
  }

  private WebIdentityCallCredentials.Builder builder(URI endpoint) {
    return WebIdentityCallCredentials.builder("orders")
        .credentialsProvider(provider)
        .endpoint(endpoint, Region.EU_WEST_1)
        .clock(time);
  }

  private FakeApplier apply(WebIdentityCallCredentials credentials, FakeConnection connection) {
    FakeApplier applier = new FakeApplier();
    credentials.applyRequestMetadata(connection, executor, applier);
    return applier;
  }

  private FakeApplier loaded(WebIdentityCallCredentials credentials) {
    FakeApplier applier = apply(credentials, tls);
    executor.runAll();
    return applier.awaited();
  }

  private Status refused(int status, String body) throws IOException {
    try (FakeSts sts = new FakeSts(status, body);
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      return loaded(credentials).status();
    }
  }

  @Test
  void apply_first_asksStsOnceForAllWhoWait() throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      FakeApplier first = apply(credentials, tls);
      FakeApplier second = apply(credentials, tls);

      assertThat(first.isAnswered()).isFalse();
      assertThat(provider.loads()).isZero();
      executor.runAll();
      assertThat(first.awaited().metadata().getAll(FakeApplier.AUTHORIZATION))
          .containsExactly("Bearer " + TOKEN);
      assertThat(second.awaited().metadata()).isSameAs(first.metadata());
      assertThat(sts.requests())
          .singleElement()
          .asString()
          .contains(
              "Action=GetWebIdentityToken",
              "Audience.member.1=orders",
              "SigningAlgorithm=RS256",
              "DurationSeconds=900",
              "/eu-west-1/sts/aws4_request",
              FakeCredentials.ACCESS_KEY_ID)
          .doesNotContain("Audience.member.2", "Tags", "SubjectMode", "Scope");
    }
  }

  @Test
  void apply_untilTwoThirdsOfItsLife_isTheSameMetadataAtOnce() throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      Metadata first = loaded(credentials).metadata();
      time.advance(Duration.ofMinutes(10).minusMillis(1));

      assertThat(apply(credentials, tls).metadata()).isSameAs(first);
      assertThat(executor.pending()).isZero();

      time.advance(Duration.ofMillis(1));
      assertThat(apply(credentials, tls).metadata()).isSameAs(first);
      executor.runAll();
      await()
          .untilAsserted(() -> assertThat(apply(credentials, tls).metadata()).isNotSameAs(first));
      assertThat(sts.requests()).hasSize(2);
    }
  }

  @Test
  void apply_inTheLastSixth_waitsForANewToken() throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      loaded(credentials);
      time.advance(Duration.ofMinutes(12).plusSeconds(30));

      assertThat(apply(credentials, tls).isAnswered()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3600,900",
    "911,900",
    "910,900",
    "909,899",
    "310,300",
    "71,61",
    "70,60",
    "69,60",
    "60,60",
    "59,60",
    "1,60",
    "-1,60"
  })
  void apply_sessionWithAnEnd_asksForNoMoreThanIsLeft(long left, String seconds) throws Exception {
    provider.give(
        FakeCredentials.session(FakeCredentials.SESSION_TOKEN, time.instant().plusSeconds(left)));
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      assertThat(loaded(credentials).metadata()).isNotNull();

      assertThat(sts.requests())
          .singleElement()
          .asString()
          .containsPattern("DurationSeconds=" + seconds + "\\b");
      assertThat(provider.loads()).isEqualTo(left >= 0 && left < 60 ? 2 : 1);
    }
  }

  @Test
  void life_ofTheBuilder_isAskedFor() throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials =
            builder(sts.endpoint()).life(Duration.ofHours(1)).build()) {
      loaded(credentials);

      assertThat(sts.requests()).singleElement().asString().contains("DurationSeconds=3600");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59S", "PT0S", "PT-1M", "PT1H1S"})
  void life_outOfRange_isRefused(String life) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebIdentityCallCredentials.builder("orders").life(Duration.parse(life)))
        .withMessageContaining("(expected: PT1M to PT1H)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000", "LONG"})
  void audience_outOfRange_isRefused(String audience) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WebIdentityCallCredentials.forAudience(
                    audience.equals("LONG") ? "x".repeat(1_001) : audience))
        .withMessageContaining("audience: ");
  }

  @Test
  void build_regionAndEndpoint_contradict() {
    WebIdentityCallCredentials.Builder both =
        builder(URI.create("https://sts.test")).region(Region.EU_WEST_1);

    assertThatIllegalStateException().isThrownBy(both::build).withMessageContaining("endpoint");
  }

  @ParameterizedTest
  @EnumSource(
      value = SecurityLevel.class,
      names = {"NONE", "INTEGRITY"})
  void apply_noTransportSecurity_isRefusedUnasked(SecurityLevel level) throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      Status status = apply(credentials, FakeConnection.of(level)).status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(status.getDescription()).contains("web identity token", "allowPlaintext()");
      assertThat(executor.pending()).isZero();
      assertThat(sts.requests()).isEmpty();
    }
  }

  @Test
  void apply_allowPlaintext_sendsTheToken() throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).allowPlaintext().build()) {
      FakeApplier applier = apply(credentials, FakeConnection.of(SecurityLevel.NONE));
      executor.runAll();

      assertThat(applier.awaited().metadata()).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OutboundWebIdentityFederationDisabledException | 403 | UNAUTHENTICATED | enable outbound"
            + " identity federation in the account of the caller",
        "AccessDenied | 403 | UNAUTHENTICATED | allow sts:GetWebIdentityToken for the audience"
            + " orders",
        "JWTPayloadSizeExceededException | 400 | UNAUTHENTICATED | tags take too much space",
        "InvalidAction | 400 | UNAUTHENTICATED | the global endpoint has none",
        "InvalidClientTokenId | 403 | UNAUTHENTICATED | HTTP 403, request r-2",
        "ExpiredToken | 403 | UNAUTHENTICATED | HTTP 403, request r-2",
        "SessionDurationEscalationException | 403 | UNAVAILABLE | the AWS session ends first",
        "ServiceUnavailable | 503 | UNAVAILABLE | HTTP 503, request r-2",
        "Throttling | 400 | UNAVAILABLE | HTTP 400, request r-2",
      })
  void apply_refusedBySts_saysTheCodeAndTheNextStep(
      String code, int http, Status.Code expected, String step) throws Exception {
    Status status = refused(http, refusal(code));

    assertThat(status.getCode()).isEqualTo(expected);
    assertThat(status.getDescription())
        .contains("STS gave no web identity token: " + code, step)
        .doesNotContain(FakeCredentials.SESSION_TOKEN);
    assertThat(status.getCause()).isInstanceOf(ProofUnavailableException.class).hasNoCause();
  }

  @Test
  void apply_accountThatTheCredentialsName_isInTheNextStep() throws Exception {
    provider.give(
        FakeCredentials.session(FakeCredentials.SESSION_TOKEN, null).toBuilder()
            .accountId("111122223333")
            .build());

    assertThat(refused(403, refusal("OutboundWebIdentityFederationDisabledException")))
        .extracting(Status::getDescription)
        .asString()
        .contains("in account 111122223333");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a&#10;b", "tokén", "LONG"})
  void apply_answerWithoutAToken_isUnavailable(String token) throws Exception {
    Status status = refused(200, answer(token.equals("LONG") ? "x".repeat(8_193) : token));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(status.getDescription()).contains("without a web identity token");
  }

  @Test
  void apply_connectionRefused_isUnavailable() throws Exception {
    int unused;
    try (ServerSocket taken = new ServerSocket(0)) {
      unused = taken.getLocalPort();
    }
    try (WebIdentityCallCredentials credentials =
        builder(URI.create("http://127.0.0.1:" + unused)).build()) {
      assertThat(loaded(credentials).status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void apply_withoutCredentials_isUnauthenticated() throws Exception {
    provider.fail(software.amazon.awssdk.core.exception.SdkClientException.create("none"));
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      assertThat(loaded(credentials).status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(sts.requests()).isEmpty();
    }
  }

  @Test
  void apply_afterClose_isUnauthenticated() throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN))) {
      WebIdentityCallCredentials credentials = builder(sts.endpoint()).build();
      loaded(credentials);
      credentials.close();
      credentials.close();

      assertThat(apply(credentials, tls).status().getDescription()).contains("closed");
      assertThat(provider.isClosed()).isFalse();
    }
  }

  @Test
  void token_outsideGrpc_masksItself() throws Exception {
    try (FakeSts sts = new FakeSts(200, answer(TOKEN));
        WebIdentityCallCredentials credentials = builder(sts.endpoint()).build()) {
      WebIdentityToken token = credentials.token(Runnable::run).toCompletableFuture().join();

      assertThat(token.text()).isEqualTo(TOKEN);
      assertThat(token.issuedAt()).isEqualTo(time.instant());
      assertThat(token.end()).isEqualTo(time.instant().plus(Duration.ofMinutes(15)));
      assertThat(token).hasToString("WebIdentityToken[****]");
      assertThat(credentials).hasToString("WebIdentityCallCredentials[orders]");
    }
  }

  @Test
  void apply_roleAssumedFirst_namesTheSessionAfterTheAudience() throws Exception {
    try (FakeSts sts = new FakeSts(403, refusal("AccessDenied"));
        WebIdentityCallCredentials credentials =
            WebIdentityCallCredentials.builder("https://api.example/orders")
                .credentialsProvider(provider)
                .endpoint(sts.endpoint(), Region.EU_WEST_1)
                .assumeRole("arn:aws:iam::111122223333:role/checkout")
                .build()) {
      assertThat(loaded(credentials).status().getDescription())
          .contains("to assume arn:aws:iam::111122223333:role/checkout");
      assertThat(sts.requests())
          .singleElement()
          .asString()
          .contains("RoleSessionName=rolecall-https---api.example-orders");
    }
  }
}
