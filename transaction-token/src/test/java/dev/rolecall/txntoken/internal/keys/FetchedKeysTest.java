package dev.rolecall.txntoken.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.ClosedPort;
import dev.rolecall.testsupport.LoopbackServer;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The keys at a URL: fetched in the background, kept through outages, asked for again. */
final class FetchedKeysTest {

  private static final SigningKey FIRST = SigningKey.generate(Algorithm.ES256, new SecureRandom());
  private static final SigningKey NEXT = SigningKey.generate(Algorithm.ES256, new SecureRandom());

  private final ManualTime time = new ManualTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final AccessRuntime runtime =
      AccessRuntime.builder().clock(time).ticker(time::nanos).scheduler(scheduler).build();
  private final KeyServer server = new KeyServer(() -> answer(FIRST));
  private final CapturedLog log = CapturedLog.of("rolecall.txntoken", Level.ALL);
  private FetchedKeys keys;

  @BeforeEach
  void begin() {
    keys = at(server.url());
  }

  @AfterEach
  void close() {
    keys.close();
    server.close();
    runtime.close();
    log.close();
  }

  private FetchedKeys at(URI url) {
    return new FetchedKeys(KeyFetch.of(url, Optional.empty(), runtime), runtime);
  }

  private static KeySet set(SigningKey... keys) {
    return KeySet.of(Stream.of(keys).map(SigningKey::verificationKey).toList());
  }

  private static KeyServer.Answer answer(SigningKey... keys) {
    return new KeyServer.Answer(200, new String(set(keys).toJson(), UTF_8));
  }

  private List<String> ids() {
    return keys.current().stream()
        .flatMap(set -> set.keys().stream())
        .flatMap(key -> key.kid().stream())
        .toList();
  }

  private void startAndWait() {
    keys.start();
    awaitNextFetch();
  }

  /** The fetch under way has ended when the next one waits, beside the limit of none. */
  private void awaitNextFetch() {
    await()
        .untilAsserted(
            () -> assertThat(scheduler.waiting()).hasSize(1).noneMatch(KeyFetch.LIMIT::equals));
  }

  /** Lets time pass to the next fetch, and waits for its end. */
  private void passToNextFetch() {
    int before = server.asked();
    scheduler.pass(scheduler.waiting().get(0));
    await().until(() -> server.asked() > before);
    awaitNextFetch();
  }

  @Test
  void current_beforeTheFirstAnswer_isEmpty_andThenTheKeys() {
    assertThat(keys.current()).isEmpty();

    startAndWait();

    assertThat(ids()).containsExactly(FIRST.kid());
    assertThat(log.with("1 keys of transaction tokens fetched from 127.0.0.1")).hasSize(1);
  }

  @Test
  void keys_areFetchedAgainAfterFiveMinutes_aTenthMoreOrLess() {
    startAndWait();
    assertThat(scheduler.waiting().get(0))
        .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(330));

    server.answer(() -> answer(FIRST, NEXT));
    passToNextFetch();

    assertThat(ids()).containsExactly(FIRST.kid(), NEXT.kid());
    assertThat(log.lines()).hasSize(1);
  }

  static Stream<KeyServer.Answer> failures() {
    return Stream.of(
        new KeyServer.Answer(500, "down"),
        new KeyServer.Answer(404, ""),
        new KeyServer.Answer(204, ""),
        new KeyServer.Answer(302, ""),
        new KeyServer.Answer(200, ""),
        new KeyServer.Answer(200, "<html>"),
        new KeyServer.Answer(200, "{}"),
        new KeyServer.Answer(200, "{\"keys\":[]}"),
        new KeyServer.Answer(200, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}"),
        new KeyServer.Answer(200, " ".repeat(KeySet.MAX_BYTES + 1)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_leavesTheLastGoodKeys_andIsLoggedOnce(KeyServer.Answer answer) {
    startAndWait();
    server.answer(() -> answer);
    passToNextFetch();
    passToNextFetch();

    assertThat(ids()).containsExactly(FIRST.kid());
    assertThat(log.at(Level.WARNING)).hasSize(1);
    assertThat(log.with("the last good keys stay in force")).hasSize(1);
    assertThat(log.text()).doesNotContain("c2VjcmV0", "<html>");
    assertThat(server.asked()).isLessThan(1_000);

    server.answer(() -> answer(NEXT));
    passToNextFetch();
    assertThat(ids()).containsExactly(NEXT.kid());
    assertThat(log.at(Level.INFO)).hasSize(2);
  }

  @Test
  void failure_atTheStart_knowsNoKeys_andIsTriedAgainSoon() {
    server.answer(() -> new KeyServer.Answer(503, ""));
    startAndWait();

    assertThat(keys.current()).isEmpty();
    assertThat(log.with("no caller that is passed on can be verified: HTTP status 503")).hasSize(1);
    assertThat(scheduler.waiting().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    for (int i = 0; i < 7; i++) {
      passToNextFetch();
    }
    assertThat(scheduler.waiting().get(0)).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
  }

  @Test
  void failure_noServer_isOne() {
    keys = at(URI.create("http://127.0.0.1:" + ClosedPort.any() + "/jwks"));
    startAndWait();

    assertThat(keys.current()).isEmpty();
    assertThat(log.with("ConnectException")).hasSize(1);
  }

  @Test
  void failure_serverThatNeverAnswers_isGivenUpAfterTenSeconds() {
    CountDownLatch connected = new CountDownLatch(1);
    try (LoopbackServer silent = LoopbackServer.of((connection, number) -> connected.countDown())) {
      keys = at(URI.create("http://127.0.0.1:" + silent.port() + "/jwks"));
      keys.start();
      await().until(() -> connected.getCount() == 0);
      scheduler.pass(KeyFetch.LIMIT);
      awaitNextFetch();
    }

    assertThat(log.with("no answer within 10 s")).hasSize(1);
  }

  @Test
  void keys_areKeptFor24Hours_ofElapsedTime() {
    startAndWait();
    server.answer(() -> new KeyServer.Answer(503, ""));

    time.advance(Duration.ofHours(24));
    assertThat(keys.current()).isPresent();
    time.advance(Duration.ofNanos(1));
    assertThat(keys.current()).isEmpty();
  }

  @Test
  void unknownId_isFetchedForOnceInFiveSeconds() {
    startAndWait();

    for (int i = 0; i < 100; i++) {
      assertThat(keys.isMissing("x" + i)).isFalse();
    }
    await().until(() -> server.asked() == 2);
    awaitNextFetch();
    // The first id alone was sought by the fetch that has ended.
    assertThat(keys.isMissing("x0")).isTrue();
    assertThat(keys.isMissing("x1")).isFalse();
    assertThat(server.asked()).isEqualTo(2);

    time.advance(Duration.ofMillis(4_999));
    assertThat(keys.isMissing("x0")).isTrue();
    time.advance(Duration.ofMillis(1));
    assertThat(keys.isMissing("x0")).isTrue();
    await().until(() -> server.asked() == 3);
    awaitNextFetch();
    assertThat(keys.isMissing("x1")).isTrue();
  }

  @Test
  void unknownId_thatTheNextFetchBrings_isFound() {
    startAndWait();
    server.answer(() -> answer(FIRST, NEXT));

    assertThat(keys.isMissing(NEXT.kid())).isFalse();
    await().until(() -> ids().contains(NEXT.kid()));
    awaitNextFetch();
    assertThat(keys.isMissing(NEXT.kid())).isFalse();
  }

  @Test
  void unknownId_whileTheServerIsDown_isNotMissing() {
    startAndWait();
    server.answer(() -> new KeyServer.Answer(503, ""));

    assertThat(keys.isMissing("x")).isFalse();
    await().until(() -> server.asked() == 2);
    awaitNextFetch();

    // The server is back: the id was not forgotten.
    server.answer(() -> answer(FIRST));
    passToNextFetch();
    assertThat(keys.isMissing("x")).isTrue();
  }

  @Test
  void unknownId_whileAFetchIsUnderWay_hasOneAfterIt() {
    CountDownLatch go = new CountDownLatch(1);
    server.answer(
        () -> {
          awaitLatch(go);
          return answer(FIRST);
        });
    keys.start();
    await().until(() -> server.asked() == 1);

    assertThat(keys.isMissing("x")).isFalse();
    go.countDown();
    await().until(() -> server.asked() == 2);
    awaitNextFetch();
    assertThat(keys.isMissing("x")).isTrue();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void unknownIds_areBounded() {
    startAndWait();
    for (int i = 0; i < 1_000; i++) {
      keys.isMissing("x" + i);
    }
    await().until(() -> server.asked() == 2);
    awaitNextFetch();
    time.advance(Duration.ofSeconds(5));
    keys.isMissing("y");
    await().until(() -> server.asked() == 3);
    awaitNextFetch();

    assertThat(Stream.iterate(1, i -> i + 1).limit(999).filter(i -> keys.isMissing("x" + i)))
        .hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void close_endsTheFetches() {
    startAndWait();
    keys.close();

    assertThat(scheduler.waiting()).isEmpty();
    keys.start();
    assertThat(keys.isMissing("x")).isFalse();
    assertThat(scheduler.waiting()).isEmpty();
    assertThat(server.asked()).isEqualTo(1);
  }

  @Test
  void close_whileAFetchIsUnderWay_hasNoneAfterIt() {
    CountDownLatch go = new CountDownLatch(1);
    server.answer(
        () -> {
          awaitLatch(go);
          return answer(FIRST);
        });
    keys.start();
    await().until(() -> server.asked() == 1);
    keys.close();
    go.countDown();

    await().until(() -> scheduler.waiting().isEmpty());
    assertThat(keys.current()).isEmpty();
  }

  @Test
  void fetch_thatThrows_isADefect_andIsTriedAgain() {
    RecordedTelemetry telemetry = new RecordedTelemetry();
    try (AccessRuntime counted =
            AccessRuntime.builder()
                .ticker(time::nanos)
                .scheduler(scheduler)
                .openTelemetry(telemetry.telemetry())
                .build();
        FetchedKeys broken =
            new FetchedKeys(
                KeyFetch.of(URI.create("ftp://localhost/"), Optional.empty(), counted), counted)) {
      broken.start();
      scheduler.pass(Duration.ofSeconds(1));

      assertThat(telemetry.sum("rolecall.task.failures{task=key_ring}")).isEqualTo(2);
      assertThat(log.with("a defect, which the log has")).hasSize(1);
      assertThat(scheduler.waiting()).hasSize(1);
    }
  }

  /** Draws the least or the most of each range. */
  private record Extreme(boolean most) implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      return most ? bound - 1 : 0;
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 270, 1 2 4 8 16 32 60 60 60", "true, 330, 0 1 2 4 8 16 30 30 30"})
  void pauses_areSpread_andDoubledAfterFailures(boolean most, long fresh, String seconds) {
    try (AccessRuntime drawn =
        AccessRuntime.builder()
            .ticker(time::nanos)
            .scheduler(scheduler)
            .random(new Extreme(most))
            .build()) {
      keys = new FetchedKeys(KeyFetch.of(server.url(), Optional.empty(), drawn), drawn);
      startAndWait();
      assertThat(scheduler.waiting()).containsExactly(Duration.ofSeconds(fresh));

      server.answer(() -> new KeyServer.Answer(503, ""));
      for (String each : seconds.split(" ", -1)) {
        passToNextFetch();
        assertThat(scheduler.waiting().get(0).toSeconds()).isEqualTo(Long.parseLong(each));
      }
      keys.close();
    }
  }

  @Test
  void retryAfter_isOneToTwoSeconds() {
    assertThat(keys.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  private static ConditionFactory await() {
    return Awaitility.await().pollInterval(Duration.ofMillis(5));
  }
}
