package dev.rolecall.txntoken;

import static dev.rolecall.txntoken.PassingScene.BILLING;
import static dev.rolecall.txntoken.PassingScene.CHECKOUT;
import static dev.rolecall.txntoken.PassingScene.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Attributes;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.OidcSubject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tokens that are used again: for whom, and for how long. */
final class TokenReuseTest {

  private final PassingScene scene = new PassingScene();
  private final Caller checkout = scene.checkout();

  @AfterEach
  void close() {
    scene.close();
  }

  private TransactionToken token() {
    return scene.mint.tokenFor(checkout, ORDERS).orElseThrow();
  }

  @Test
  void token_isOneForHalfItsLife_andThenAnother() {
    // It is made at 45.9 and ends at 45: half of that are 29.55 s.
    TransactionToken first = token();

    scene.time.advance(Duration.ofMillis(29_549));
    assertThat(token()).isSameAs(first);
    scene.time.advance(Duration.ofMillis(1));
    TransactionToken second = token();
    assertThat(second.text()).isNotEqualTo(first.text());
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.expiry()).isEqualTo(first.expiry().plusSeconds(30));
  }

  @Test
  void token_ofAnEqualCaller_isTheSame() {
    assertThat(scene.mint.tokenFor(scene.checkout(), ORDERS)).containsSame(token());
    assertThat(scene.mint.held()).isEqualTo(1);
  }

  @Test
  void token_ofAnotherService_isAnother() {
    assertThat(scene.mint.tokenFor(checkout, BILLING).orElseThrow().text())
        .isNotEqualTo(token().text());
  }

  @Test
  void token_isNeverUsedPastItsCallersEnd() {
    Caller brief = scene.caller(new ApiClient("ci"), Duration.ofMillis(1_200));
    TransactionToken first = scene.mint.tokenFor(brief, ORDERS).orElseThrow();

    // It ends in 1.1 s.
    scene.time.advance(Duration.ofMillis(549));
    assertThat(scene.mint.tokenFor(brief, ORDERS)).containsSame(first);
    scene.time.advance(Duration.ofMillis(551));
    assertThat(scene.mint.tokenFor(brief, ORDERS)).isEmpty();
  }

  static Stream<Caller> callersThatDiffer() {
    try (PassingScene scene = new PassingScene()) {
      Caller one = scene.checkout();
      return Stream.of(
          scene.caller(IamRole.of(CHECKOUT, "AROAEXAMPLE000000009"), Duration.ofMinutes(15)),
          scene.caller(IamRole.of(CHECKOUT + "2", PassingScene.ROLE_ID), Duration.ofMinutes(15)),
          scene.caller(IamRole.of(CHECKOUT, PassingScene.ROLE_ID), Duration.ofSeconds(40)),
          one.with(Attributes.none().withActors(List.of(OidcSubject.of("okta", "agent")))),
          Caller.of(
              one.principal(),
              Evidence.ofSession("aws-iam", Evidence.Carrier.CALL_METADATA, "two"),
              one.notAfter()),
          Caller.of(
              one.principal(),
              Evidence.ofSession("other", Evidence.Carrier.CALL_METADATA, "one"),
              one.notAfter()));
    }
  }

  @ParameterizedTest
  @MethodSource("callersThatDiffer")
  void token_ofACallerThatDiffersInAClaim_isAnother(Caller other) {
    assertThat(scene.mint.tokenFor(other, ORDERS).orElseThrow().text())
        .isNotEqualTo(token().text());
  }

  @Test
  void token_afterTheClockIsSetBack_isMadeAnew() {
    TransactionToken first = token();
    scene.time.setClock(scene.time.instant().minus(Duration.ofMinutes(10)));

    assertThat(token().expiry()).isEqualTo(first.expiry().minus(Duration.ofMinutes(10)));
  }

  @Test
  void token_whileTheClockIsSetBackTimeAndAgain_isGivenUpInElapsedTime() {
    TransactionToken first = token();
    scene.time.advance(Duration.ofSeconds(30));
    scene.time.setClock(scene.time.instant().minus(Duration.ofSeconds(30)));

    assertThat(token()).isNotSameAs(first);
  }

  @Test
  void token_ofTheKeyBefore_isUsedOn_butNotOfAKeyThatWasWithdrawn() {
    TransactionToken first = token();
    scene.keys.turn();
    assertThat(token()).isSameAs(first);

    scene.keys.replace();
    TransactionToken second = token();
    assertThat(second.text()).isNotEqualTo(first.text());
    assertThat(token()).isSameAs(second);
  }

  @Test
  void token_manyThreadsAtOnce_isOne() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      Callable<TransactionToken> asking =
          () -> {
            start.await();
            return token();
          };
      for (int round = 0; round < 20; round++) {
        List<Future<TransactionToken>> asked =
            IntStream.range(0, threads).mapToObj(i -> pool.submit(asking)).toList();
        Set<String> texts = asked.stream().map(TokenReuseTest::text).collect(Collectors.toSet());
        assertThat(texts).hasSize(1);
        scene.time.advance(Duration.ofSeconds(31));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static String text(Future<TransactionToken> token) {
    try {
      return token.get().text();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tokens_areForgottenWhenTheyAreNotUsedAgain() {
    int callers = 200;
    for (int i = 0; i < callers; i++) {
      scene.mint.tokenFor(scene.caller(new ApiClient("c" + i), Duration.ofMinutes(5)), ORDERS);
    }
    assertThat(scene.mint.held()).isEqualTo(callers);

    scene.time.advance(Duration.ofSeconds(31));
    assertThat(scene.mint.held()).isZero();
  }

  @Test
  void token_thatIsUsedAgain_isNotSignedAgain() {
    assertThat(scene.mints("too_long")).isZero();
    for (int i = 0; i < 100; i++) {
      token();
    }
    assertThat(scene.mints("minted")).isEqualTo(1);
  }

  @Test
  void tokens_areBoundedByTheirSize() {
    HeldTokens held = new HeldTokens(scene.time::nanos, 8_192);
    for (int i = 0; i < 100; i++) {
      TokenContent content =
          new TokenContent(
              scene.caller(new ApiClient("c" + i), Duration.ofMinutes(5)),
              ORDERS,
              Optional.empty(),
              Optional.empty());
      TransactionToken token = scene.mint.tokenFor(content.caller(), ORDERS).orElseThrow();
      held.keep(
          content,
          new HeldToken(token, scene.keys.current().kid(), scene.time.instant()),
          scene.time.instant(),
          scene.keys.published());
    }

    // Each counts as its text, of some 500 characters, and 1 KiB.
    assertThat(held.count()).isBetween(3L, 6L);
  }
}
