package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The answers that are remembered, and for how long. */
@Tag("attack")
final class RememberedAnswersTest {

  @Test
  void verify_again_asksOnce() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout());
      for (int i = 0; i < 100; i++) {
        assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
      }
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void verify_cachedAnswerAtTheProofsEnd_doesNotOutliveIt() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout());
      bench.verify(Proofs.text());
      bench.time.advance(Duration.ofMinutes(15));
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
      assertThat(bench.sts.requests()).hasSize(1);
      bench.time.advance(Duration.ofNanos(1));
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("refused CREDENTIAL_EXPIRED");
      assertThat(bench.sts.requests()).hasSize(1);
    }
  }

  @Test
  void verify_clockSteppedBackAfterTheLapse_asksStsAnew() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout()).then(FakeSts.error(403, "SignatureDoesNotMatch"));
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
      bench.time.advance(Duration.ofMinutes(15).plusSeconds(1));
      bench.time.setClock(Proofs.SIGNED_AT.plus(Duration.ofMinutes(1)));
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("refused ISSUER_REFUSED");
      assertThat(bench.sts.requests()).hasSize(2);
    }
  }

  @Test
  void verify_refused_isRememberedForAMoment() {
    try (Bench bench =
        new Bench(
            settings ->
                settings.caches(caches -> caches.withRefusalLife(Duration.ofSeconds(10))))) {
      bench.sts.then(FakeSts.error(403, "InvalidClientTokenId")).then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("refused ISSUER_REFUSED");
      bench.time.advance(Duration.ofSeconds(10).minusNanos(1));
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("refused ISSUER_REFUSED");
      assertThat(bench.sts.requests()).hasSize(1);
      bench.time.advance(Duration.ofNanos(1));
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
    }
  }

  @Test
  void verify_afterAnOutage_asksAgain() {
    try (Bench bench = new Bench()) {
      bench.sts.thenFail(new IOException("1")).thenFail(new IOException("2"));
      bench.sts.thenFail(new IOException("3")).then(FakeSts.checkout());
      var first = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(1));
      assertThat(Bench.word(Bench.done(first))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
    }
  }

  @Test
  void verify_afterAnInvalidAnswer_asksAgain() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.json(200, "{}")).then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text())))
          .isEqualTo("unavailable ISSUER_ANSWER_INVALID");
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("verified");
    }
  }

  @Test
  void verify_duringAnOutage_servesVerifiedCallersOn() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout()).thenFail(new IOException("down"));
      bench.verify(Proofs.text(1));
      var stranger = bench.begin(Proofs.text(2));
      bench.scheduler.pass(Duration.ofSeconds(5));
      assertThat(Bench.word(Bench.done(stranger))).isEqualTo("unavailable ISSUER_UNAVAILABLE");
      assertThat(Bench.word(bench.verify(Proofs.text(1)))).isEqualTo("verified");
    }
  }

  @Test
  void verify_floodOfForgedProofs_pushesNoVerifiedCallerOut() {
    try (Bench bench =
        new Bench(
            settings ->
                settings.caches(
                    caches -> caches.withVerified(100, 1 << 20).withRefused(100, 1 << 20)))) {
      bench.sts.then(FakeSts.checkout()).then(FakeSts.error(403, "SignatureDoesNotMatch"));
      bench.verify(Proofs.text(0));
      for (int i = 1; i <= 5_000; i++) {
        bench.verify(Proofs.text(i));
      }
      int asked = bench.sts.requests().size();
      assertThat(Bench.word(bench.verify(Proofs.text(0)))).isEqualTo("verified");
      assertThat(bench.sts.requests()).hasSize(asked);
    }
  }

  @Test
  void verify_moreCallersThanTheCacheHolds_remembersUpToTheBound() {
    try (Bench bench =
        new Bench(settings -> settings.caches(caches -> caches.withVerified(50, 1 << 20)))) {
      bench.sts.then(FakeSts.checkout());
      for (int i = 0; i < 500; i++) {
        bench.verify(Proofs.text(i));
      }
      int asked = bench.sts.requests().size();
      assertThat(asked).isEqualTo(500);
      for (int i = 0; i < 500; i++) {
        bench.verify(Proofs.text(i));
      }
      assertThat(bench.sts.requests().size() - asked).isGreaterThanOrEqualTo(450);
    }
  }

  @Test
  void verify_moreBytesThanTheCacheHolds_remembersUpToTheBound() {
    // A proof here counts for some 1.6 KB: room for about ten.
    try (Bench bench =
        new Bench(settings -> settings.caches(caches -> caches.withVerified(1_000, 16 << 10)))) {
      bench.sts.then(FakeSts.checkout());
      for (int i = 0; i < 100; i++) {
        bench.verify(Proofs.text(i));
      }
      for (int i = 0; i < 100; i++) {
        bench.verify(Proofs.text(i));
      }
      assertThat(bench.sts.requests().size()).isBetween(185, 200);
    }
  }

  @Test
  void verify_sameSignatureOtherToken_isAnotherProof() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout()).then(FakeSts.error(403, "SignatureDoesNotMatch"));
      bench.verify(Proofs.text());
      String forged = Proofs.builder().sessionToken("other").build().text();
      assertThat(Bench.word(bench.verify(forged))).isEqualTo("refused ISSUER_REFUSED");
      String stolenKeyId = Proofs.builder().accessKeyId("ASIAEXAMPLE000000002").build().text();
      assertThat(Bench.word(bench.verify(stolenKeyId))).isEqualTo("refused ISSUER_REFUSED");
    }
  }
}
