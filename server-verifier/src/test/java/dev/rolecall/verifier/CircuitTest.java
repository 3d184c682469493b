package dev.rolecall.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that does not answer is left alone, and asked now and then whether it is back. */
@Tag("attack")
final class CircuitTest {

  private static final int SUSPICION = 5;
  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF_THE_BUDGET = Duration.ofMillis(2_500);
  private static final StsResponse REFUSAL = FakeSts.error(403, "InvalidClientTokenId");

  /** Nothing is drawn: retries follow at once, and a pause is as long as it can be. */
  private static Bench bench() {
    return new Bench(settings -> settings.runtime(runtime -> runtime.random(() -> 0L)));
  }

  private int number;

  private static IOException down() {
    return new IOException("down");
  }

  /** A look-up of a proof of its own. */
  private CompletableFuture<Verification> lookUp(Bench bench) {
    return bench.begin(Proofs.text(number++));
  }

  /** A circuit that has just opened: the first pause of one second begins. */
  private Bench open() {
    Bench bench = bench();
    bench.sts.thenFail(down());
    var first = lookUp(bench);
    var second = lookUp(bench);
    bench.scheduler.pass(Duration.ZERO);
    assertUnavailable(first);
    assertUnavailable(second);
    assertThat(bench.sts.lookUps()).hasSize(SUSPICION);
    assertThat(bench.sts.questions()).hasSize(1);
    return bench;
  }

  private static Duration assertUnavailable(CompletableFuture<Verification> verification) {
    Verification.Unavailable answer = (Verification.Unavailable) Bench.done(verification);
    assertThat(answer.reason()).isEqualTo(RefusalReason.ISSUER_UNAVAILABLE);
    return answer.retryAfter().orElseThrow();
  }

  @Test
  void closedVerifier_whosePauseIsOver_asksNobody() {
    try (Bench bench = open()) {
      bench.lookup.close();
      int before = bench.sts.requests().size();
      bench.scheduler.pass(Duration.ofMinutes(1));
      assertUnavailable(lookUp(bench));
      assertThat(bench.sts.requests()).hasSize(before);
    }
  }

  @Test
  void circuit_fourUnansweredRequests_raiseNoSuspicion() {
    try (Bench bench = bench()) {
      bench
          .sts
          .thenFail(down())
          .thenFail(down())
          .thenFail(down())
          .thenFail(down())
          .then(FakeSts.checkout());
      assertUnavailable(passed(bench, lookUp(bench)));
      assertThat(Bench.word(Bench.done(passed(bench, lookUp(bench))))).isEqualTo("verified");
      assertThat(bench.sts.questions()).isEmpty();
    }
  }

  private static CompletableFuture<Verification> passed(
      Bench bench, CompletableFuture<Verification> verification) {
    bench.scheduler.pass(Duration.ZERO);
    return verification;
  }

  @Test
  void circuit_fiveUnansweredRequests_areFollowedByAQuestionAndNoRetry() {
    try (Bench bench = open()) {
      assertThat(bench.scheduler.waiting()).isEmpty();
      bench.scheduler.pass(Duration.ofMinutes(1));
      assertThat(bench.sts.requests()).hasSize(SUSPICION + 1);
    }
  }

  @Test
  void circuit_anAnswerInBetween_beginsTheCountAgain() {
    try (Bench bench = bench()) {
      for (int round = 0; round < 20; round++) {
        bench.sts.fromNowOn().thenFail(down()).thenFail(down()).thenFail(down()).thenFail(down());
        bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
        var unused = passed(bench, lookUp(bench));
        assertThat(Bench.word(Bench.done(passed(bench, lookUp(bench)))))
            .isEqualTo("refused ISSUER_REFUSED");
      }
      assertThat(bench.sts.questions()).isEmpty();
    }
  }

  @Test
  void question_isOfTheVerifiersOwn_withNothingThatACallerSent() {
    try (Bench bench = open()) {
      assertThat(bench.sts.questions().get(0).uri())
          .hasToString(
              "https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
                  + "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                  + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261121%2Feu-west-1%2Fsts"
                  + "%2Faws4_request&X-Amz-Date=20261121T221845Z&X-Amz-Expires=60"
                  + "&X-Amz-SignedHeaders=host%3Bx-rolecall-audience&X-Amz-Signature="
                  + "0".repeat(64));
      assertThat(bench.sts.questions().get(0).headers())
          .containsOnlyKeys("accept", "x-rolecall-audience")
          .containsEntry("x-rolecall-audience", "rolecall");
    }
  }

  @Test
  void open_untilTheVeryEndOfThePause_asksNothingAndAnswersAtOnce() {
    try (Bench bench = open()) {
      assertThat(assertUnavailable(lookUp(bench))).isEqualTo(SECOND);
      bench.scheduler.pass(SECOND.minus(NANO));
      for (int i = 0; i < 200; i++) {
        assertUnavailable(lookUp(bench));
      }
      assertThat(bench.sts.requests()).hasSize(SUSPICION + 1);
    }
  }

  @Test
  void open_thePauseIsOver_oneQuestionGoesAndAllWaitForIt() {
    try (Bench bench = open()) {
      bench.sts.toNobody(new CompletableFuture<>());
      bench.scheduler.pass(SECOND);
      assertThat(bench.sts.questions()).as("nobody came").hasSize(1);
      for (int i = 0; i < 10; i++) {
        assertThat(lookUp(bench)).isNotDone();
      }
      assertThat(bench.sts.questions()).hasSize(2);
      assertThat(bench.sts.lookUps()).hasSize(SUSPICION);
    }
  }

  @Test
  void open_pausesWithoutAnAnswer_doubleUpToHalfAMinute() {
    try (Bench bench = open()) {
      for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30, 30}) {
        int questions = bench.sts.questions().size();
        bench.scheduler.pass(Duration.ofSeconds(seconds).minus(NANO));
        assertUnavailable(lookUp(bench));
        assertThat(bench.sts.questions()).hasSize(questions);
        bench.scheduler.pass(NANO);
        assertUnavailable(lookUp(bench));
        assertThat(bench.sts.questions()).hasSize(questions + 1);
      }
      assertThat(bench.sts.lookUps()).hasSize(SUSPICION);
    }
  }

  @Test
  void open_fourteenMinutesOfCalls_areThatManyQuestionsAndNoLookUp() {
    int seconds = 14 * 60;
    try (Bench bench = open()) {
      for (int second = 0; second < seconds; second++) {
        bench.scheduler.pass(SECOND);
        assertUnavailable(lookUp(bench));
      }
      // After 1, 3, 7, 15 and 31 seconds, and then each half minute.
      assertThat(bench.sts.questions()).hasSize(1 + 5 + (seconds - 31) / 30);
      assertThat(bench.sts.lookUps()).hasSize(SUSPICION);
    }
  }

  @ParameterizedTest(name = "HTTP {0} {1}")
  @CsvSource({
    "200, OK",
    "403, SignatureDoesNotMatch",
    "403, InvalidClientTokenId",
    "403, ExpiredToken",
    "403, AccessDenied",
    "400, Throttling",
    "429, Throttling",
    "400, NobodyKnows"
  })
  void question_anyAnswerOfSts_closes(int status, String code) {
    try (Bench bench = open()) {
      bench.sts.fromNowOn().then(FakeSts.checkout());
      bench.sts.toNobody(
          CompletableFuture.completedFuture(
              status == 200 ? FakeSts.checkout() : FakeSts.error(status, code)));
      bench.scheduler.pass(SECOND);
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
      assertThat(bench.sts.questions()).hasSize(2);
    }
  }

  @ParameterizedTest(name = "HTTP {0}, {1}: {2}")
  @CsvSource({
    "500, application/json, '{\"Error\":{\"Code\":\"InternalFailure\"}}'",
    "503, application/json, '{\"Error\":{\"Code\":\"SignatureDoesNotMatch\"}}'",
    "502, text/html,        <p>bad gateway</p>",
    "403, text/html,        <p>log in first</p>",
    "200, text/html,        <p>welcome to the hotel</p>",
    "302, text/html,        ''",
    "200, application/json, {}",
    "200, application/json, ''"
  })
  void question_anythingElse_leavesItOpen(int status, String type, String body) {
    try (Bench bench = open()) {
      bench.sts.toNobody(
          CompletableFuture.completedFuture(
              new StsResponse(status, List.of(type), body.getBytes(UTF_8))));
      bench.scheduler.pass(SECOND);
      assertUnavailable(lookUp(bench));
      assertThat(bench.sts.questions()).hasSize(2);
      assertThat(bench.sts.lookUps()).hasSize(SUSPICION);
    }
  }

  @Test
  void question_answered_allWhoWaitedAreAskedAboutOnceEach() {
    try (Bench bench = open()) {
      CompletableFuture<StsResponse> question = new CompletableFuture<>();
      bench.sts.toNobody(question);
      bench.sts.fromNowOn().then(FakeSts.checkout());
      bench.scheduler.pass(SECOND);
      List<CompletableFuture<Verification>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        waiting.add(lookUp(bench));
      }
      question.complete(REFUSAL);
      assertThat(waiting)
          .allSatisfy(one -> assertThat(Bench.word(Bench.done(one))).isEqualTo("verified"));
      assertThat(bench.sts.lookUps()).hasSize(SUSPICION + 20);
      assertThat(bench.scheduler.waiting()).isEmpty();
    }
  }

  @Test
  void question_afterClosing_pausesBeginWithASecondAgain() {
    try (Bench bench = open()) {
      bench.scheduler.pass(SECOND);
      assertUnavailable(lookUp(bench));
      bench.scheduler.pass(Duration.ofSeconds(2));
      bench.sts.fromNowOn().then(FakeSts.checkout());
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
      bench.sts.fromNowOn().thenFail(down());
      assertUnavailable(passed(bench, lookUp(bench)));
      assertThat(assertUnavailable(passed(bench, lookUp(bench)))).isEqualTo(SECOND);
    }
  }

  @Test
  void question_thatHangs_isGivenUpAtHalfTheBudget() {
    try (Bench bench = open()) {
      bench.sts.toNobody(new CompletableFuture<>());
      bench.scheduler.pass(SECOND);
      var waiting = lookUp(bench);
      bench.scheduler.pass(HALF_THE_BUDGET.minus(NANO));
      assertThat(waiting).isNotDone();
      bench.scheduler.pass(NANO);
      assertUnavailable(waiting);
      assertThat(bench.sts.exchange(SUSPICION + 1)).isCancelled();
      assertThat(bench.scheduler.waiting()).isEmpty();
    }
  }

  @Test
  void lookUp_thatWaitedForAQuestion_endsWithItsOwnBudget() {
    try (Bench bench = open()) {
      CompletableFuture<StsResponse> question = new CompletableFuture<>();
      bench.sts.toNobody(question);
      bench.sts.fromNowOn().thenHang();
      bench.scheduler.pass(SECOND);
      var waiting = lookUp(bench);
      bench.scheduler.pass(HALF_THE_BUDGET.minus(NANO));
      question.complete(REFUSAL);
      bench.scheduler.pass(HALF_THE_BUDGET);
      assertThat(waiting).isNotDone();
      bench.scheduler.pass(NANO);
      assertUnavailable(waiting);
    }
  }

  @Test
  void question_whoeverCausedItLeaves_goesOn() {
    try (Bench bench = open()) {
      CompletableFuture<StsResponse> question = new CompletableFuture<>();
      bench.sts.toNobody(question);
      bench.sts.fromNowOn().then(FakeSts.checkout());
      bench.scheduler.pass(SECOND);
      lookUp(bench).cancel(true);
      assertThat(bench.sts.exchange(SUSPICION + 1)).isNotDone();
      question.complete(REFUSAL);
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "nonsense", "no answer"})
  void circuit_proofsThatMakeStsFail_shutNobodyElseOut(String failure) {
    try (Bench bench = bench()) {
      bench.sts.toNobody(CompletableFuture.completedFuture(REFUSAL));
      for (int i = 0; i < 50; i++) {
        bench.sts.fromNowOn();
        switch (failure) {
          case "500" -> bench.sts.then(FakeSts.error(500, "InternalFailure"));
          case "nonsense" -> bench.sts.then(FakeSts.json(200, "{}"));
          default -> bench.sts.thenHang();
        }
        var poison = lookUp(bench);
        bench.scheduler.pass(Duration.ofSeconds(5));
        assertThat(Bench.word(Bench.done(poison))).startsWith("unavailable");

        bench.sts.fromNowOn().then(FakeSts.checkout());
        if (i % 10 == 9) {
          assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
        }
      }
      int unanswered = bench.sts.lookUps().size() - 5;
      assertThat(bench.sts.questions()).hasSizeBetween(10, unanswered / SUSPICION);
    }
  }

  @Test
  void circuit_forgeriesWithoutEnd_areAnswersAndRaiseNoSuspicion() {
    try (Bench bench = bench()) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      for (int i = 0; i < 200; i++) {
        assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("refused ISSUER_REFUSED");
        // Not so fast that the peer is turned away.
        bench.time.advance(Duration.ofMillis(100));
      }
      assertThat(bench.sts.questions()).isEmpty();
    }
  }

  @Test
  void circuit_throttlingWithoutEnd_raisesNoSuspicion() {
    try (Bench bench = bench()) {
      bench.sts.then(FakeSts.error(400, "Throttling"));
      for (int i = 0; i < 100; i++) {
        assertUnavailable(passed(bench, lookUp(bench)));
      }
      assertThat(bench.sts.questions()).isEmpty();
      bench.sts.fromNowOn().then(FakeSts.checkout());
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
    }
  }

  @Test
  void circuit_ofOneHost_isNoOtherHosts() {
    try (Bench bench = open()) {
      bench.sts.fromNowOn().then(FakeSts.checkout());
      assertUnavailable(lookUp(bench));
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts.us-east-1.amazonaws.com"))))
          .isEqualTo("verified");
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts-fips.us-east-1.amazonaws.com"))))
          .isEqualTo("verified");
    }
  }

  @Test
  void open_verifiedCallers_goOn() {
    try (Bench bench = bench()) {
      bench.sts.then(FakeSts.checkout()).thenFail(down());
      assertThat(Bench.word(bench.verify(Proofs.text(1_000)))).isEqualTo("verified");
      for (int i = 0; i < 3; i++) {
        assertUnavailable(passed(bench, lookUp(bench)));
      }
      bench.scheduler.pass(Duration.ofMinutes(14));
      assertThat(Bench.word(bench.verify(Proofs.text(1_000)))).isEqualTo("verified");
    }
  }

  @Test
  void open_aLateAnswerToSomebody_closesAtOnce() {
    try (Bench bench = bench()) {
      var late = lookUp(bench);
      bench.sts.thenFail(down());
      for (int i = 0; i < 2; i++) {
        var unused = passed(bench, lookUp(bench));
      }
      assertUnavailable(lookUp(bench));
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(Bench.done(late))).isEqualTo("verified");
      bench.sts.fromNowOn().then(FakeSts.checkout());
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
    }
  }

  @Test
  void question_contradictedMeanwhile_opensNothing() {
    try (Bench bench = bench()) {
      bench.sts.toNobody(new CompletableFuture<>());
      bench.sts.thenFail(down());
      for (int i = 0; i < 2; i++) {
        var unused = passed(bench, lookUp(bench));
      }
      assertThat(bench.sts.questions()).hasSize(1);
      bench.sts.fromNowOn().then(FakeSts.checkout());
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
      bench.scheduler.pass(HALF_THE_BUDGET);
      assertThat(Bench.word(Bench.done(lookUp(bench)))).isEqualTo("verified");
    }
  }

  @Test
  void retry_thatIsDueAfterTheCircuitOpened_isNotSent() {
    try (Bench bench = new Bench().answering()) {
      bench.sts.thenFail(down());
      List<CompletableFuture<Verification>> lookUps = new ArrayList<>();
      for (int i = 0; i < SUSPICION; i++) {
        lookUps.add(lookUp(bench));
      }
      assertThat(bench.sts.requests()).hasSize(1 + SUSPICION + 1);
      bench.scheduler.pass(Duration.ofMillis(200));
      assertThat(lookUps).allSatisfy(CircuitTest::assertUnavailable);
      assertThat(bench.sts.requests()).hasSize(1 + SUSPICION + 1);
    }
  }

  @Test
  void close_whileAQuestionIsUnderWay_endsItAndWhoeverWaits() {
    try (Bench bench = open()) {
      bench.sts.toNobody(new CompletableFuture<>());
      bench.scheduler.pass(SECOND);
      var waiting = lookUp(bench);
      bench.lookup.close();
      assertUnavailable(waiting);
      assertThat(bench.sts.exchange(SUSPICION + 1)).isCancelled();
      assertThat(bench.scheduler.waiting()).isEmpty();
    }
  }
}
