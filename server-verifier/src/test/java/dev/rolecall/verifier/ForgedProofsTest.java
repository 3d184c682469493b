package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forged proofs by the thousand: the questions to STS, and the verdicts on honest callers. */
@Tag("attack")
final class ForgedProofsTest {

  private static final String ATTACKER = "203.0.113.66";
  private static final String HONEST = "198.51.100.1";
  private static final String HONEST_KEY = "ASIAHONEST0000000001";
  private static final String TURNED_AWAY = "unavailable TOO_MANY_LOOKUPS";

  @Test
  void verify_forgedOneAfterAnother_stsSeesTheBurstAndTheRate() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      // One every five milliseconds for ten seconds, each answered before the next.
      for (int i = 0; i < 2_000; i++) {
        bench.verify(Proofs.text(i), Connection.withoutTls(ATTACKER));
        bench.time.advance(Duration.ofMillis(5));
      }
      assertThat(bench.sts.requests()).hasSize(32 + 199);
    }
  }

  @Test
  void verify_forgedByManyPeers_stsSeesTheTotalBurstAndRate() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(403, "InvalidClientTokenId"));
      for (int i = 0; i < 2_000; i++) {
        bench.verify(Proofs.text(i), Connection.withoutTls("203.0." + i % 200 + ".113"));
        bench.time.advance(Duration.ofMillis(1));
      }
      // And the first, which is counted apart: STS had not answered before.
      assertThat(bench.sts.requests()).hasSize(1 + 256 + 399);
    }
  }

  @ParameterizedTest(name = "{0} a second, of one peer {1}, {2} at once: {3}")
  @CsvSource({"10, 5, 8, 8", "10, 5, 1, 1", "1, 1, 8, 8", "1000, 1000, 8, 8"})
  void verify_limitsAsSet_areMetExactly(int total, int perPeer, int atOnce, int expected) {
    try (Bench bench =
        new Bench(
            settings ->
                settings.limits(
                    limits ->
                        limits.withLookUps(64, atOnce).withInVainPerSecond(total, perPeer)))) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      for (int i = 0; i < 100; i++) {
        Verification verdict = bench.verify(Proofs.text(i), Connection.withoutTls(ATTACKER));
        if (i < expected) {
          assertThat(Bench.word(verdict)).isEqualTo("refused ISSUER_REFUSED");
        } else {
          assertThat(Bench.word(verdict)).isEqualTo(TURNED_AWAY);
        }
      }
      assertThat(bench.sts.requests()).hasSize(expected);

      bench.time.advance(Duration.ofNanos(1_000_000_000L / perPeer));
      assertThat(Bench.word(bench.verify(Proofs.text(100), Connection.withoutTls(ATTACKER))))
          .isEqualTo("refused ISSUER_REFUSED");
      assertThat(Bench.word(bench.verify(Proofs.text(101), Connection.withoutTls(ATTACKER))))
          .isEqualTo(TURNED_AWAY);
    }
  }

  @Test
  void verify_whileOnePeerIsTurnedAway_newCallersOfOthersAreVerified() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      exhaust(bench);
      fromNowOn(bench, FakeSts.checkout());
      for (int i = 0; i < 300; i++) {
        assertThat(Bench.word(bench.verify(Proofs.text(20_000 + i), Connection.withoutTls(HONEST))))
            .isEqualTo("verified");
      }
    }
  }

  @Test
  void verify_renewalBehindTheAttackersAddress_isVerified() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout()).then(FakeSts.error(403, "SignatureDoesNotMatch"));
      assertThat(Bench.word(bench.verify(renewal(1), Connection.withoutTls(ATTACKER))))
          .isEqualTo("verified");
      exhaust(bench);
      bench.time.advance(Duration.ofMinutes(10));
      exhaust(bench);

      fromNowOn(bench, FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.text(1), Connection.withoutTls(ATTACKER))))
          .as("a stranger of that address")
          .isEqualTo(TURNED_AWAY);
      assertThat(Bench.word(bench.verify(renewal(2), Connection.withoutTls(ATTACKER))))
          .isEqualTo("verified");
    }
  }

  @Test
  void verify_knownProofBehindTheAttackersAddress_isServedOn() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout()).then(FakeSts.error(403, "SignatureDoesNotMatch"));
      assertThat(Bench.word(bench.verify(renewal(1), Connection.withoutTls(ATTACKER))))
          .isEqualTo("verified");
      exhaust(bench);
      int asked = bench.sts.requests().size();

      assertThat(Bench.word(bench.verify(renewal(1), Connection.withoutTls(ATTACKER))))
          .isEqualTo("verified");
      assertThat(bench.sts.requests()).hasSize(asked);
    }
  }

  @Test
  void verify_peerIsTurnedAway_aProofThatWasRefusedIsStillToldSo() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      exhaust(bench);

      assertThat(Bench.word(bench.verify(Proofs.text(5_000), Connection.withoutTls(ATTACKER))))
          .isEqualTo("refused ISSUER_REFUSED");
    }
  }

  @Test
  void verify_peerIsTurnedAway_aLookUpUnderWayIsStillJoined() {
    try (Bench bench = new Bench()) {
      var first = bench.begin(Proofs.text(1), ATTACKER);
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      exhaust(bench);

      var second = bench.begin(Proofs.text(1), ATTACKER);

      assertThat(second).isNotDone();
      bench.sts.answer(0, FakeSts.checkout());
      assertThat(Bench.word(Bench.done(first))).isEqualTo("verified");
      assertThat(Bench.word(Bench.done(second))).isEqualTo("verified");
    }
  }

  @Test
  void verify_refusedProofAgain_costsOnePermit() {
    try (Bench bench =
        new Bench(
            settings ->
                settings.limits(limits -> limits.withLookUps(2, 2).withInVainPerSecond(1, 1)))) {
      bench.sts.then(FakeSts.error(403, "SignatureDoesNotMatch"));
      for (int i = 0; i < 100; i++) {
        assertThat(Bench.word(bench.verify(Proofs.text(1)))).isEqualTo("refused ISSUER_REFUSED");
      }
      assertThat(Bench.word(bench.verify(Proofs.text(2)))).isEqualTo("refused ISSUER_REFUSED");
      assertThat(Bench.word(bench.verify(Proofs.text(3)))).isEqualTo(TURNED_AWAY);
      assertThat(bench.sts.requests()).hasSize(2);
    }
  }

  @Test
  void verify_outage_costsNoPermits() {
    try (Bench bench =
        new Bench(
            settings ->
                settings.limits(limits -> limits.withLookUps(2, 2).withInVainPerSecond(1, 1)))) {
      bench.sts.thenFail(new IOException("down"));
      for (int i = 0; i < 20; i++) {
        var verification = bench.begin(Proofs.text(i));
        bench.scheduler.pass(Duration.ofSeconds(5));
        assertThat(Bench.word(Bench.done(verification)))
            .isEqualTo("unavailable ISSUER_UNAVAILABLE");
      }
    }
  }

  @Test
  void verify_strangersOfAccountsThatAreNotTrusted_areBoundedToo() {
    // Anybody with an AWS account can sign proofs that STS confirms.
    try (Bench bench =
        Bench.of(scheme -> scheme.trustAccount(Partition.AWS, AccountId.parse("444455556666")))) {
      bench.sts.then(FakeSts.checkout());
      for (int i = 0; i < 1_000; i++) {
        bench.verify(Proofs.text(i), Connection.withoutTls(ATTACKER));
      }
      assertThat(bench.sts.requests()).hasSize(32);
    }
  }

  @Test
  void verify_floodOfGoodProofsOfOneStranger_pushesFewCallersOutWhoCall() {
    try (Bench bench =
        new Bench(settings -> settings.caches(caches -> caches.withVerified(100, 1 << 20)))) {
      bench.sts.then(FakeSts.checkout());
      for (int call = 0; call < 5; call++) {
        for (int caller = 0; caller < 20; caller++) {
          bench.verify(Proofs.text(caller));
        }
      }
      for (int i = 1_000; i < 3_000; i++) {
        bench.verify(Proofs.text(i), Connection.withoutTls(ATTACKER));
      }
      int asked = bench.sts.requests().size();
      for (int caller = 0; caller < 20; caller++) {
        bench.verify(Proofs.text(caller));
      }
      assertThat(bench.sts.requests().size() - asked).isLessThanOrEqualTo(2);
    }
  }

  /** The script's last line stays in force until another is added and it is used once more. */
  private static void fromNowOn(Bench bench, StsResponse answer) {
    bench.sts.then(answer);
    bench.verify(Proofs.text(90_000), Connection.withoutTls("203.0.113.99"));
  }

  /** Until the attacker's address is turned away. */
  private static void exhaust(Bench bench) {
    int number = 5_000;
    while (!Bench.word(bench.verify(Proofs.text(number), Connection.withoutTls(ATTACKER)))
        .equals(TURNED_AWAY)) {
      number++;
    }
  }

  /** A proof of the honest caller's key. */
  private static String renewal(int number) {
    return Proofs.builder()
        .accessKeyId(HONEST_KEY)
        .signature("%064x".formatted(number))
        .build()
        .text();
  }
}
