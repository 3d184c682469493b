package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.verifier.internal.sts.FakeSts;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The attempts of one look-up, and its time. */
@Tag("attack")
final class RetryTest {

  @Test
  void verify_throttledTwice_isVerifiedAtTheThirdAttempt() {
    try (Bench bench = new Bench()) {
      bench
          .sts
          .then(FakeSts.error(400, "Throttling"))
          .then(FakeSts.error(400, "Throttling"))
          .then(FakeSts.checkout());
      var verification = bench.begin(Proofs.text());
      assertThat(bench.sts.requests()).hasSize(1);
      bench.scheduler.pass(Duration.ofMillis(500));
      assertThat(bench.sts.requests().size()).isGreaterThanOrEqualTo(2);
      bench.scheduler.pass(Duration.ofSeconds(1));
      assertThat(Bench.word(Bench.done(verification))).isEqualTo("verified");
    }
  }

  @Test
  void verify_attemptThatHangs_isCancelledAtHalfTheBudgetAndRepeated() {
    try (Bench bench = Bench.of(scheme -> scheme.lookUpTimeout(Duration.ofSeconds(4)))) {
      bench.sts.thenHang().then(FakeSts.checkout());
      var verification = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(2).minusNanos(1));
      assertThat(bench.sts.exchange(0)).isNotDone();
      bench.scheduler.pass(Duration.ofNanos(1));
      assertThat(bench.sts.exchange(0)).isCancelled();
      bench.scheduler.pass(Duration.ofMillis(100));
      assertThat(Bench.word(Bench.done(verification))).isEqualTo("verified");
    }
  }

  @Test
  void verify_stsNeverAnswers_endsWithTheBudget() {
    try (Bench bench = Bench.of(scheme -> scheme.lookUpTimeout(Duration.ofSeconds(4)))) {
      bench.sts.thenHang();
      var verification = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(4).minusNanos(1));
      assertThat(verification).isNotDone();
      bench.scheduler.pass(Duration.ofNanos(1));
      assertThat(Bench.word(Bench.done(verification))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(bench.sts.requests()).hasSize(2);
      assertThat(bench.scheduler.waiting()).isEmpty();
    }
  }

  @Test
  void verify_answerInTime_leavesNoTimerBehind() {
    try (Bench bench = new Bench()) {
      var unused = bench.begin(Proofs.text());
      assertThat(bench.scheduler.waiting()).containsExactly(Duration.ofMillis(2_500));
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(bench.scheduler.waiting()).isEmpty();
    }
  }

  @Test
  void verify_lookUpEndedByTimeOut_freesItsPlace() {
    try (Bench bench = new Bench(settings -> settings.limits(limits -> limits.withLookUps(1, 1)))) {
      bench.sts.thenHang();
      var unused = bench.begin(Proofs.text(1));
      bench.scheduler.pass(Duration.ofSeconds(5));
      assertThat(bench.begin(Proofs.text(2))).isNotDone();
    }
  }
}
