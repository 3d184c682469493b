package dev.rolecall.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.internal.AnswerTooLongException;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.tokens.internal.http.IssuerResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are fetched in the background, from servers that fail in many ways; no call waits. */
@Tag("attack")
final class KeyServerTest {

  private static final String DISCOVERY = Issuers.IDP + "/.well-known/openid-configuration";
  private static final String KEYS = Issuers.IDP + "/keys";
  private static final SigningKey NEXT = Issuers.key(Algorithm.ES256);

  private static Issuers issuers() {
    return new Issuers().has(Issuers.IDP, Issuers.EC);
  }

  private static Bench bench(Issuers issuers) {
    return new Bench(issuers, TokenIssuer.of("okta", Issuers.IDP).forAudience("orders"));
  }

  private static String token(SigningKey key, int number) {
    return Token.of(key, Issuers.IDP).claim("jti", Token.quoted("id-" + number)).signed(key);
  }

  /** A new token that lives from the bench's now on. */
  private static String fresh(Bench bench, SigningKey key) {
    long now = bench.time.instant().getEpochSecond();
    return Token.of(key, Issuers.IDP)
        .claim("iat", Long.toString(now))
        .claim("exp", Long.toString(now + 300))
        .claim("jti", Token.quoted("at-" + now))
        .signed(key);
  }

  @Test
  void start_fetchesOnce_andTokensAskForNothing() {
    try (Bench bench = bench(issuers())) {
      for (int i = 0; i < 20; i++) {
        assertThat(bench.word(token(Issuers.EC, i))).isEqualTo("verified");
      }

      assertThat(bench.issuers.asked(DISCOVERY)).isEqualTo(1);
      assertThat(bench.issuers.asked(KEYS)).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "Cache-Control: {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no-cache|270|331",
        "max-age=1|53|67",
        "public, max-age=600|530|661",
        "max-age=86400|3230|3961",
        "max-age=x|270|331",
        "s-maxage=600|270|331"
      })
  void refresh_comesWhenTheKeysAreOld(String cacheControl, int notBefore, int by) {
    Issuers issuers = issuers();
    issuers.then(
        KEYS,
        request ->
            CompletableFuture.completedFuture(
                new IssuerResponse(200, Optional.of(cacheControl), keysOf(Issuers.EC))));
    try (Bench bench = bench(issuers)) {
      bench.scheduler.pass(Duration.ofSeconds(notBefore));
      assertThat(issuers.asked(KEYS)).isEqualTo(1);
      bench.scheduler.pass(Duration.ofSeconds(by - notBefore));
      assertThat(issuers.asked(KEYS)).isEqualTo(2);
    }
  }

  private static byte[] keysOf(SigningKey key) {
    return KeySet.of(List.of(key.verificationKey())).toJson();
  }

  @Test
  void keyServer_downForAnHour_knownKeysGoOnAndTheLogSaysItOnce() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers);
        CapturedLog log = CapturedLog.of("rolecall.tokens", Level.INFO)) {
      issuers.fails(KEYS, new IOException("down")).fails(DISCOVERY, new IOException("down"));
      for (int minute = 0; minute < 60; minute++) {
        bench.scheduler.pass(Duration.ofMinutes(1));
        assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("verified");
      }

      assertThat(issuers.asked().size()).as("a minute apart at most").isBetween(50, 140);
      assertThat(log.at(Level.WARNING)).hasSize(1);
      assertThat(log.text()).contains("issuer okta", "Its last good keys are used on");
      issuers.has(Issuers.IDP, Issuers.EC);
      bench.scheduler.pass(Duration.ofMinutes(1));
      assertThat(log.lines()).last().asString().contains("INFO", "can be fetched again");
    }
  }

  @Test
  void keyServer_downForADay_keysAreUsedNoMoreAndTheOutageIsNoRefusal() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      issuers.fails(KEYS, new IOException("down")).fails(DISCOVERY, new IOException("down"));
      bench.scheduler.pass(Duration.ofHours(23));
      assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("verified");
      bench.scheduler.pass(Duration.ofHours(2));

      Verification verdict = bench.verify(fresh(bench, Issuers.EC));

      assertThat(Bench.word(verdict)).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(((Verification.Unavailable) verdict).retryAfter()).isPresent();
      issuers.has(Issuers.IDP, Issuers.EC);
      bench.scheduler.pass(Duration.ofMinutes(1));
      assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("verified");
    }
  }

  @Test
  void keyServer_thatNeverAnswered_isAnOutageAtOnceAndThenGoesOn() {
    Issuers issuers = new Issuers();
    try (Bench bench = bench(issuers)) {
      for (int i = 0; i < 100; i++) {
        assertThat(bench.word(token(Issuers.EC, i))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      }
      assertThat(issuers.asked()).as("calls ask for nothing").hasSize(1);

      issuers.has(Issuers.IDP, Issuers.EC);
      bench.scheduler.pass(Duration.ofSeconds(1));
      assertThat(bench.word(token(Issuers.EC, 1))).isEqualTo("verified");
    }
  }

  @Test
  void firstFetch_thatHangs_isEndedAfterFiveSecondsAndCallsWaitForItAlone() {
    Issuers issuers = new Issuers();
    CompletableFuture<IssuerResponse> hanging = new CompletableFuture<>();
    issuers.then(DISCOVERY, request -> hanging);
    try (Bench bench = bench(issuers)) {
      var call = bench.begin(token(Issuers.EC, 1), "198.51.100.1");
      bench.scheduler.pass(Duration.ofMillis(4_999));
      assertThat(call).isNotDone();
      bench.scheduler.pass(Duration.ofMillis(1));

      assertThat(hanging).isCancelled();
      assertThat(Bench.word(Bench.done(call))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
    }
  }

  @Test
  void slowDiscovery_leavesTheKeysTheRestOfTheTime() {
    Issuers issuers = new Issuers();
    CompletableFuture<IssuerResponse> slow = new CompletableFuture<>();
    CompletableFuture<IssuerResponse> hanging = new CompletableFuture<>();
    issuers.then(DISCOVERY, request -> slow).then(KEYS, request -> hanging);
    try (Bench bench = bench(issuers)) {
      bench.scheduler.pass(Duration.ofSeconds(4));
      slow.complete(document(Issuers.IDP, KEYS));
      bench.scheduler.pass(Duration.ofMillis(999));
      assertThat(hanging).isNotDone();
      bench.scheduler.pass(Duration.ofMillis(1));

      assertThat(hanging).isCancelled();
    }
  }

  private static IssuerResponse document(String issuer, String keys) {
    return new IssuerResponse(
        200,
        Optional.empty(),
        ("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}").getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"https://idp.example/keys\"}",
        "{\"issuer\":\"https://idp.example/\",\"jwks_uri\":\"https://idp.example/keys\"}",
        "{\"jwks_uri\":\"https://idp.example/keys\"}",
        "{\"issuer\":\"https://idp.example\"}",
        "{\"issuer\":\"https://idp.example\",\"jwks_uri\":\"http://idp.example/keys\"}",
        "{\"issuer\":\"https://idp.example\",\"jwks_uri\":\"https://u:p@idp.example/keys\"}",
        "{\"issuer\":\"https://idp.example\",\"jwks_uri\":\"file:///etc/passwd\"}",
        "{\"issuer\":\"https://idp.example\",\"jwks_uri\":\"/keys\"}",
        "{\"issuer\":\"https://idp.example\",\"jwks_uri\":7}",
        "{\"issuer\":\"https://idp.example\",\"issuer\":\"https://idp.example\",\"jwks_uri\":\"https://idp.example/keys\"}",
        "[]",
        "",
        "<html>"
      })
  void discovery_thatIsNotTheIssuers_namesNoKeys(String document) {
    Issuers issuers = issuers().answers(DISCOVERY, document);
    try (Bench bench = bench(issuers)) {
      assertThat(bench.word(token(Issuers.EC, 1))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(issuers.asked()).extracting(Object::toString).containsOnly(DISCOVERY);
    }
  }

  @Test
  void discovery_mayNameKeysOnAnotherHost() {
    Issuers issuers =
        new Issuers()
            .keys("https://keys.example/v3", Issuers.EC)
            .answers(DISCOVERY, document(Issuers.IDP, "https://keys.example/v3"));
    try (Bench bench = bench(issuers)) {
      assertThat(bench.word(token(Issuers.EC, 1))).isEqualTo("verified");
    }
  }

  @Test
  void discovery_ofAnIssuerWithASlash_hasOneSlash() {
    Issuers issuers = new Issuers().has("https://tenant.auth0.example/", Issuers.EC);
    try (Bench bench =
        new Bench(
            issuers,
            TokenIssuer.of("auth0", "https://tenant.auth0.example/").forAudience("orders"))) {
      assertThat(
              bench.word(Token.of(Issuers.EC, "https://tenant.auth0.example/").signed(Issuers.EC)))
          .isEqualTo("verified");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"})
  void keySet_withoutAUsableKey_leavesTheLastGoodOne(String body) {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      issuers.answers(KEYS, body);
      bench.scheduler.pass(Duration.ofMinutes(10));

      assertThat(issuers.asked(KEYS)).isGreaterThan(1);
      assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("verified");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 401, 404, 500, 503, 204, 206})
  void keySet_withAnyOtherStatus_leavesTheLastGoodOne(int status) {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      issuers.answers(KEYS, status, "{\"keys\":[]}");
      bench.scheduler.pass(Duration.ofMinutes(10));

      assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("verified");
      String cause = status / 100 == 3 ? "redirect" : "status";
      assertThat(bench.telemetry.sum("rolecall.issuer.failures{cause=" + cause + ",issuer=okta}"))
          .isPositive();
    }
  }

  @Test
  void failures_areCountedByCause() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      issuers.fails(KEYS, new IOException(new AnswerTooLongException(1)));
      bench.scheduler.pass(Duration.ofMinutes(10));

      assertThat(bench.telemetry.sum("rolecall.issuer.failures{cause=too_long,issuer=okta}"))
          .isPositive();
      assertThat(bench.telemetry.sum("rolecall.issuer.failures{cause=connection,issuer=okta}"))
          .isZero();
    }
  }

  @Test
  void secretInTheKeySet_isAnAlarmOnce() {
    Issuers issuers = issuers();
    String good = new String(keysOf(Issuers.EC), UTF_8);
    issuers.answers(
        KEYS, good.replace("[", "[{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"c2VjcmV0\"},"));
    try (CapturedLog log = CapturedLog.of("rolecall.tokens", Level.INFO);
        Bench bench = bench(issuers)) {
      bench.scheduler.pass(Duration.ofHours(1));

      assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("verified");
      assertThat(log.at(Level.WARNING)).hasSize(1);
      assertThat(log.text()).contains("issuer okta", "published").doesNotContain("c2VjcmV0");
    }
  }

  @Test
  void newKey_isFetchedForItsFirstTokenAndAllWhoWait() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      CompletableFuture<IssuerResponse> answer = new CompletableFuture<>();
      issuers.then(KEYS, request -> answer);
      bench.scheduler.pass(Duration.ofSeconds(1));
      List<CompletableFuture<Verification>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(bench.begin(token(NEXT, i), "10.0." + i + ".1"));
      }
      assertThat(issuers.asked(KEYS)).isEqualTo(2);
      assertThat(calls).noneMatch(CompletableFuture::isDone);
      answer.complete(new IssuerResponse(200, Optional.empty(), keysOf(NEXT)));

      assertThat(calls).extracting(call -> Bench.word(Bench.done(call))).containsOnly("verified");
      assertThat(issuers.asked(KEYS)).isEqualTo(2);
    }
  }

  @Test
  void unknownKeys_byTheThousand_areFetchedForOnceInTenSeconds() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      Token token = Token.of(Issuers.EC, Issuers.IDP);
      for (int i = 0; i < 2_000; i++) {
        String word = bench.word(token.header("kid", Token.quoted("k" + i)).forged(i));
        assertThat(word).isIn("refused KEY_UNKNOWN", "unavailable TOO_MANY_LOOKUPS");
        bench.scheduler.pass(Duration.ofMillis(10));
      }

      assertThat(issuers.asked(KEYS)).as("at the start, and at 0 and 10 s").isEqualTo(3);
    }
  }

  @Test
  void unknownKey_isRememberedForTenSeconds_andThenLookedForAgain() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      assertThat(bench.word(token(NEXT, 1))).isEqualTo("refused KEY_UNKNOWN");
      issuers.has(Issuers.IDP, NEXT);
      assertThat(bench.word(token(NEXT, 2))).isEqualTo("refused KEY_UNKNOWN");
      assertThat(issuers.asked(KEYS)).isEqualTo(2);
      bench.scheduler.pass(Duration.ofSeconds(10));

      assertThat(bench.word(token(NEXT, 3))).isEqualTo("verified");
    }
  }

  @Test
  void newKey_rightAfterAStrangersUnknownOne_isToldToComeAgain_notRefused() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      assertThat(bench.word(Token.of(Issuers.EC, Issuers.IDP).header("kid", "\"none\"").forged(1)))
          .isEqualTo("refused KEY_UNKNOWN");
      issuers.has(Issuers.IDP, NEXT);

      assertThat(bench.word(token(NEXT, 1))).isEqualTo("unavailable TOO_MANY_LOOKUPS");
      bench.scheduler.pass(Duration.ofSeconds(10));
      assertThat(bench.word(token(NEXT, 2))).isEqualTo("verified");
    }
  }

  @Test
  void newKey_whileTheServerIsDown_isAnOutageAndNoRefusal() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      issuers.fails(KEYS, new IOException("down"));

      assertThat(bench.word(token(NEXT, 1))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.word(token(NEXT, 2))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.word(token(Issuers.EC, 3))).isEqualTo("verified");
      assertThat(issuers.asked(KEYS)).isEqualTo(2);
    }
  }

  @Test
  void waiters_forAnUnknownKey_areBounded() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      bench.word(token(Issuers.EC, 0));
      issuers.hangs(KEYS);
      List<CompletableFuture<Verification>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(bench.begin(token(NEXT, i), "10." + i + ".0.1"));
      }

      assertThat(calls.stream().filter(call -> !call.isDone()).count()).isEqualTo(64);
      bench.scheduler.pass(Duration.ofSeconds(5));
      assertThat(calls).allMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void close_endsTheRefreshing() {
    Issuers issuers = issuers();
    Bench bench = bench(issuers);
    bench.close();
    int asked = issuers.asked().size();
    bench.scheduler.pass(Duration.ofHours(1));

    assertThat(issuers.asked()).hasSize(asked);
  }

  @Test
  void close_whileAFetchIsUnderWay_saysNothingOfItsEnd() {
    Issuers issuers = new Issuers();
    CompletableFuture<IssuerResponse> late = new CompletableFuture<>();
    issuers.then(DISCOVERY, request -> late);
    Bench bench = bench(issuers);
    try (CapturedLog log = CapturedLog.of("rolecall", Level.INFO)) {
      bench.close();
      late.completeExceptionally(new ConnectException("too late"));

      assertThat(log.records()).isEmpty();
    }
  }

  @Test
  void rotation_keepsTheOldKeyWhileItIsPublished() {
    Issuers issuers = issuers();
    try (Bench bench = bench(issuers)) {
      issuers.has(Issuers.IDP, Issuers.EC, NEXT);
      bench.scheduler.pass(Duration.ofMinutes(6));
      assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("verified");
      assertThat(bench.word(fresh(bench, NEXT))).isEqualTo("verified");
      issuers.has(Issuers.IDP, NEXT);
      bench.scheduler.pass(Duration.ofMinutes(6));

      assertThat(bench.word(fresh(bench, Issuers.EC))).isEqualTo("refused KEY_UNKNOWN");
    }
  }

  @Test
  void keySetUrl_takesThePlaceOfDiscovery() {
    Issuers issuers = new Issuers().keys("https://idp.example/jwks", Issuers.EC);
    try (Bench bench =
        new Bench(
            issuers,
            TokenIssuer.of("okta", Issuers.IDP)
                .keySetUrl(URI.create("https://idp.example/jwks"))
                .forAudience("orders"))) {
      assertThat(bench.word(token(Issuers.EC, 1))).isEqualTo("verified");
      assertThat(issuers.asked()).hasSize(1);
    }
  }
}
