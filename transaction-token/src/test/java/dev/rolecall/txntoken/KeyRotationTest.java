package dev.rolecall.txntoken;

import static dev.rolecall.txntoken.PassingScene.DOMAIN;
import static dev.rolecall.txntoken.PassingScene.EDGE;
import static dev.rolecall.txntoken.PassingScene.ORDERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.key.KeyRing;
import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import dev.rolecall.jwt.ring.KeyRingFile;
import dev.rolecall.jwt.ring.KeysInForce;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.txntoken.internal.keys.KeyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that rotate while callers are passed on: none of them is refused. */
final class KeyRotationTest {

  private static final int THREADS = 4;
  private static final Duration PERIOD = Duration.ofHours(2);

  @TempDir private Path folder;

  private final PassingScene scene = new PassingScene();
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private final AtomicInteger numbers = new AtomicInteger();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() throws InterruptedException {
    pool.shutdownNow();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    scene.close();
  }

  private PassedCallers reader(TrustedKeys keys) {
    return TransactionTokens.builder(
            DOMAIN, Set.of(ORDERS), Set.of(PrincipalPattern.parse(EDGE)), keys)
        .build()
        .open(scene.runtime);
  }

  private TransactionTokenMint mint(KeysInForce keys) {
    return TransactionTokenMint.builder(
            DOMAIN, EDGE, (clock, supervisor, task) -> keys, scene.runtime)
        .life(Duration.ofHours(1))
        .build();
  }

  /** Passes a caller on, a new one or one that was known, and back through the reader. */
  private Verification passOn(TransactionTokenMint mint, PassedCallers reader, KeysInForce keys) {
    ApiClient client = new ApiClient("c" + numbers.incrementAndGet() % 64);
    TransactionToken token =
        mint.tokenFor(scene.caller(client, Duration.ofHours(10)), ORDERS).orElseThrow();
    ids.add(keys.current().kid());
    return reader.read(token.text(), scene.edge());
  }

  private static KeysInForce keys(KeyRing ring) {
    return new KeysInForce() {
      @Override
      public SigningKey current() {
        return ring.current();
      }

      @Override
      public KeySet published() {
        return ring.published();
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void rotation_underLoad_refusesNobody() throws Exception {
    KeyRing ring = KeyRing.generate(Algorithm.ES256, PERIOD, scene.time, new SecureRandom());
    KeysInForce keys = keys(ring);
    TransactionTokenMint mint = mint(keys);
    AtomicBoolean done = new AtomicBoolean();
    try (KeyServer server =
            new KeyServer(
                () -> new KeyServer.Answer(200, new String(ring.published().toJson(), UTF_8)));
        PassedCallers reader = reader(TrustedKeys.url(server.url()))) {
      await().until(() -> passOn(mint, reader, keys) instanceof Verification.Verified);
      await().until(this::waitsForTheNextFetch);
      List<Future<List<Verification>>> loads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        loads.add(pool.submit(() -> untilDone(mint, reader, keys, done)));
      }
      for (int turn = 0; turn < 4; turn++) {
        rotate(ring, server);
      }
      done.set(true);

      for (Future<List<Verification>> load : loads) {
        assertThat(load.get()).isEmpty();
      }
    }
    assertThat(ids).hasSize(5);
    assertThat(numbers.get()).isGreaterThan(4 * 50);
  }

  /** Lets a period pass, in which the reader fetches the keys, and rotates. */
  private void rotate(KeyRing ring, KeyServer server) {
    int before = server.asked();
    // A fetch is due every six minutes at most.
    scene.time.advance(PERIOD);
    scene.scheduler.pass(Duration.ZERO);
    await().until(() -> server.asked() > before && waitsForTheNextFetch());
    assertThat(ring.rotateIfDue()).isTrue();
    int calls = numbers.get();
    await().until(() -> numbers.get() >= calls + 50);
  }

  /** Whether a fetch has ended: the next one waits, minutes away, and no limit of one. */
  private boolean waitsForTheNextFetch() {
    List<Duration> waiting = scene.scheduler.waiting();
    return waiting.size() == 1 && waiting.get(0).compareTo(Duration.ofMinutes(1)) > 0;
  }

  /** Passes callers on until the end, and gives those back that were not verified. */
  private List<Verification> untilDone(
      TransactionTokenMint mint, PassedCallers reader, KeysInForce keys, AtomicBoolean done) {
    List<Verification> bad = new ArrayList<>();
    while (!done.get()) {
      Verification verification = passOn(mint, reader, keys);
      if (!(verification instanceof Verification.Verified) && !hasEnded(verification)) {
        bad.add(verification);
      }
    }
    return bad;
  }

  /** Whether the test let the time pass between the minting and the reading of the token. */
  private static boolean hasEnded(Verification verification) {
    return verification instanceof Verification.Refused refused
        && refused.reason() == RefusalReason.CREDENTIAL_EXPIRED;
  }

  @Test
  void rotation_byFiles_takesTheOldAndTheNewKey() throws Exception {
    Path ringFile = folder.resolve("ring.json");
    Path published = folder.resolve("jwks.json");
    SecureRandom random = new SecureRandom();
    KeyRingFile ring = KeyRingFile.at(ringFile);
    ring.create(Algorithm.ES256, scene.time.instant(), random);
    try (KeysInForce keys =
        SigningKeys.follow(ringFile, Duration.ofMillis(100))
            .start(scene.runtime.clock(), scene.runtime.supervisor(), "key_ring")) {
      Files.write(published, keys.published().toJson());
      TransactionTokenMint mint = mint(keys);
      try (PassedCallers reader = reader(TrustedKeys.file(published, Duration.ofMillis(100)))) {
        String first = keys.current().kid();
        Verification before = passOn(mint, reader, keys);

        ring.rotate(scene.time.instant().plus(PERIOD), random);
        await().until(() -> !keys.current().kid().equals(first));
        Verification after = passOn(mint, reader, keys);

        assertThat(List.of(before, after)).hasOnlyElementsOfType(Verification.Verified.class);
        assertThat(ids).hasSize(2);
      }
    }
  }

  @Test
  void keysAtAUrl_beforeTheFirstAnswer_areAnOutage_andAnUnknownKeyIsAskedFor() {
    ManualKeys keys = scene.keys;
    TransactionTokenMint mint = scene.mint;
    try (KeyServer server = new KeyServer(() -> new KeyServer.Answer(503, ""));
        PassedCallers reader = reader(TrustedKeys.url(server.url()))) {
      assertThat(passOn(mint, reader, keys))
          .isInstanceOfSatisfying(
              Verification.Unavailable.class,
              unavailable ->
                  assertThat(unavailable.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE));

      KeySet old = keys.published();
      server.answer(() -> new KeyServer.Answer(200, new String(old.toJson(), UTF_8)));
      await()
          .until(
              () -> {
                scene.scheduler.pass(Duration.ofSeconds(1));
                return passOn(mint, reader, keys) instanceof Verification.Verified;
              });
      keys.replace();
      assertThat(passOn(mint, reader, keys)).isInstanceOf(Verification.Unavailable.class);
      await()
          .untilAsserted(
              () ->
                  assertThat(passOn(mint, reader, keys))
                      .isInstanceOfSatisfying(
                          Verification.Refused.class,
                          refused ->
                              assertThat(refused.reason()).isEqualTo(RefusalReason.KEY_UNKNOWN)));
    }
  }

  @Test
  void keysInAFile_haveNoOthers_andCloseEndsTheChecks() throws Exception {
    Path published = folder.resolve("jwks.json");
    Files.write(published, scene.keys.published().toJson());
    TransactionTokenMint mint = scene.mint;
    PassedCallers reader = reader(TrustedKeys.file(published, Duration.ofMillis(100)));
    assertThat(passOn(mint, reader, scene.keys)).isInstanceOf(Verification.Verified.class);
    assertThat(checkers()).isPositive();

    scene.keys.replace();
    assertThat(passOn(mint, reader, scene.keys))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.KEY_UNKNOWN));
    assertThat(scene.telemetry.sum("rolecall.task.failures{task=key_ring}")).isZero();

    reader.close();
    await().until(() -> checkers() == 0);
    assertThat(passOn(mint, reader, scene.keys)).isInstanceOf(Verification.Unavailable.class);
  }

  private static long checkers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("rolecall-txn-keys"))
        .count();
  }

  private static ConditionFactory await() {
    return Awaitility.await().pollInterval(Duration.ofMillis(5));
  }
}
