package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Partition;
import dev.rolecall.verifier.internal.answer.StsResponse;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Newcomers and known callers are verified, whatever strangers do with look-ups. */
@Tag("attack")
final class FairLookUpsTest {

  private static final String HOST = "sts.eu-west-1.amazonaws.com";
  private static final int DEAD = 20;
  private static final int PER_SECOND = 200;
  private static final int SECONDS = 8;
  private static final String KNOWN_KEY = "ASIAKNOWN00000000001";

  private int proofs;

  @ParameterizedTest(name = "{0} addresses")
  @ValueSource(ints = {8, 20, 100})
  void newcomers_besideForgeriesAtEndpointsThatDoNotAnswer_areLetIn(int addresses) {
    try (Bench bench = Bench.of(FairLookUpsTest::withDeadEndpoints)) {
      FakeSts sts = bench.sts.then(FakeSts.checkout());
      deaf(bench);
      int newcomers = 0;
      for (int i = 0; i < PER_SECOND * SECONDS; i++) {
        var unused = bench.begin(forgeryAtDeadEndpoint(i), "10.0." + i % addresses + ".1");
        if (i % 40 == 0) {
          String newcomer = "10.1." + newcomers++ + ".1";
          assertThat(Bench.word(Bench.done(bench.begin(proof("ASIANEW" + i), newcomer))))
              .isEqualTo("verified");
          assertThat(Bench.word(Bench.done(bench.begin(proof(KNOWN_KEY), "10.2.0.1"))))
              .isEqualTo("verified");
        }
        bench.scheduler.pass(Duration.ofMillis(1_000 / PER_SECOND));
      }
      assertThat(sts.lookUps().stream().filter(one -> isDead(one.uri())).count())
          .as("four at each endpoint until it is known to be away")
          .isLessThanOrEqualTo(DEAD * 12);
    }
  }

  @Test
  void lookUps_atAnEndpointThatNeverAnswered_areFourAndWhatQueuesIsAskedAfterTheQuestion() {
    try (Bench bench = new Bench()) {
      CompletableFuture<StsResponse> question = new CompletableFuture<>();
      bench.sts.toNobody(question);
      List<CompletableFuture<Verification>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(bench.begin(proof("ASIANEW" + i), "10.1." + i + ".1"));
      }
      assertThat(bench.sts.lookUps()).hasSize(4);
      assertThat(bench.sts.questions()).isEmpty();

      bench.scheduler.pass(Duration.ofMillis(250));
      assertThat(bench.sts.questions()).hasSize(1);

      bench.sts.then(FakeSts.checkout());
      question.complete(FakeSts.error(403, "InvalidClientTokenId"));

      assertThat(bench.sts.lookUps()).hasSize(200);
      assertThat(calls.subList(4, 200))
          .allMatch(call -> Bench.word(Bench.done(call)).equals("verified"));
    }
  }

  @Test
  void queuedLookUps_whereOneUnderWayIsAnswered_goOnWithoutAQuestion() {
    try (Bench bench = new Bench()) {
      bench.sts.thenHang();
      List<CompletableFuture<Verification>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(bench.begin(proof("ASIANEW" + i), "10.1." + i + ".1"));
      }
      assertThat(bench.sts.lookUps()).hasSize(4);
      bench.sts.fromNowOn().then(FakeSts.checkout());
      bench.sts.answer(0, FakeSts.error(403, "SignatureDoesNotMatch"));

      assertThat(calls.subList(4, 20))
          .extracting(call -> Bench.word(Bench.done(call)))
          .containsOnly("verified");
      bench.scheduler.pass(Duration.ofMillis(250));
      assertThat(bench.sts.questions()).isEmpty();
    }
  }

  @Test
  void onePeer_atAnEndpointThatNeverAnswered_leavesAPlaceToAnother() {
    try (Bench bench = new Bench()) {
      bench.sts.toNobody(new CompletableFuture<>());
      for (int i = 0; i < 100; i++) {
        var unused = bench.begin(proof("ASIAFORGED"), "10.0.0.1");
      }
      assertThat(bench.sts.lookUps()).hasSize(2);

      var unused = bench.begin(proof("ASIANEW"), "10.1.0.1");

      assertThat(bench.sts.lookUps()).hasSize(3);
    }
  }

  @ParameterizedTest(name = "{0} addresses")
  @ValueSource(ints = {8, 12, 50, 100})
  void newcomers_whileStrangersHoldEveryPlace_areLetIn(int addresses) {
    try (Bench bench = new Bench().answering()) {
      for (int i = 0; i < 100 * addresses; i++) {
        var unused = bench.begin(proof("ASIASTRANGER" + i), "10.0." + i % addresses + ".1");
      }
      int held = bench.sts.lookUps().size();
      assertThat(held).isBetween(150, 400);
      bench.sts.then(FakeSts.checkout());
      for (int i = 0; i < 30; i++) {
        assertThat(Bench.word(Bench.done(bench.begin(proof("ASIANEW" + i), "10.1." + i + ".1"))))
            .isEqualTo("verified");
      }
    }
  }

  @Test
  void knownKey_behindAnAddressThatHoldsAllOfItsPlaces_isLetIn() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.checkout());
      bench.verify(proof(KNOWN_KEY));
      bench.sts.fromNowOn();
      for (int i = 0; i < 100; i++) {
        var unused = bench.begin(proof("ASIASTRANGER" + i));
      }
      bench.sts.then(FakeSts.checkout());

      assertThat(Bench.word(bench.verify(proof("ASIANEW"))))
          .isEqualTo("unavailable TOO_MANY_LOOKUPS");
      assertThat(Bench.word(bench.verify(proof(KNOWN_KEY)))).isEqualTo("verified");
    }
  }

  @Test
  void goodProofsThatNobodyCouldAdmit_areBoundedAndRememberedApart() {
    try (Bench bench =
        new Bench(settings -> settings.caches(caches -> caches.withVerified(160, 1 << 20)))) {
      bench.sts.then(FakeSts.checkout());
      String known = proof(KNOWN_KEY);
      bench.verify(known);
      var registration = bench.lookup.admitting(caller -> false);
      int asked = 0;
      for (int i = 0; i < 1_000; i++) {
        String stranger = proof("ASIASTRANGER" + i);
        Verification verdict = bench.verify(stranger, Connection.withoutTls("10.0.0.1"));
        asked += Bench.word(verdict).equals("verified") ? 1 : 0;
      }
      registration.close();
      assertThat(asked).as("twice as many as STS may refuse at once").isBetween(60, 65);
      int before = bench.sts.requests().size();
      assertThat(Bench.word(bench.verify(known))).isEqualTo("verified");
      assertThat(bench.sts.requests()).as("still remembered").hasSize(before);
    }
  }

  @Test
  void goodProofThatNobodyCouldAdmit_isRememberedAndMakesNoKnownKey() {
    try (Bench bench =
        new Bench(
            settings ->
                settings.limits(limits -> limits.withLookUps(2, 2).withInVainPerSecond(1, 1)))) {
      bench.sts.then(FakeSts.checkout());
      var registration = bench.lookup.admitting(caller -> false);
      String stranger = proof("ASIASTRANGER");
      for (int i = 0; i < 10; i++) {
        assertThat(Bench.word(bench.verify(stranger))).isEqualTo("verified");
      }
      assertThat(bench.sts.lookUps()).hasSize(1);
      while (!Bench.word(bench.verify(proof("ASIASTRANGER"))).startsWith("unavailable")) {
        assertThat(bench.sts.lookUps()).hasSizeLessThan(10);
      }
      registration.close();
      assertThat(Bench.word(bench.verify(proof("ASIASTRANGER"))))
          .isEqualTo("unavailable TOO_MANY_LOOKUPS");
    }
  }

  @Test
  void queuedLookUp_thatEverybodyLeft_isNotSent() {
    try (Bench bench = new Bench()) {
      CompletableFuture<StsResponse> question = new CompletableFuture<>();
      bench.sts.toNobody(question);
      List<CompletableFuture<Verification>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(bench.begin(proof("ASIANEW" + i), "10.1." + i + ".1"));
      }
      calls.forEach(call -> call.cancel(false));
      question.complete(FakeSts.error(403, "InvalidClientTokenId"));

      assertThat(bench.sts.lookUps()).as("those that were sent at once").hasSize(4);
    }
  }

  @Test
  void acceptRegions_refusesOthersUnasked() {
    try (Bench bench =
        Bench.of(scheme -> scheme.acceptRegions(List.of("eu-west-1", "eu-north-9")))) {
      bench.sts.then(FakeSts.checkout());
      assertThat(Bench.word(bench.verify(Proofs.forHost(HOST)))).isEqualTo("verified");
      assertThat(Bench.word(bench.verify(Proofs.forHost("sts.eu-north-9.amazonaws.com"))))
          .isEqualTo("verified");
      for (String other :
          List.of(
              "sts.us-east-1.amazonaws.com", "sts.amazonaws.com", "sts.eu-west-2.amazonaws.com")) {
        assertThat(Bench.word(bench.verify(Proofs.forHost(other))))
            .isEqualTo("refused ISSUER_NOT_ALLOWED");
      }
      assertThat(bench.sts.requests()).hasSize(2);
    }
  }

  private static StsVerifier withDeadEndpoints(StsVerifier scheme) {
    for (int i = 0; i < DEAD; i++) {
      scheme.acceptCustomEndpoint(
          URI.create("https://dead" + i + ".example.com"), "us-east-1", Partition.AWS);
    }
    return scheme;
  }

  private static void deaf(Bench bench) {
    bench.sts.deafAt(FairLookUpsTest::isDead);
  }

  private static boolean isDead(URI uri) {
    return uri.getHost().startsWith("dead");
  }

  private String forgeryAtDeadEndpoint(int number) {
    return Proofs.builder("dead" + number % DEAD + ".example.com")
        .signature(signature())
        .build()
        .text();
  }

  private String proof(String key) {
    String whole = (key + "0".repeat(20)).substring(0, 20);
    return Proofs.builder().accessKeyId(whole).signature(signature()).build().text();
  }

  private String signature() {
    return String.format(Locale.ROOT, "%064x", ++proofs);
  }
}
