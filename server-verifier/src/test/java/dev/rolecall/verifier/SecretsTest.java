package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.verifier.internal.sts.FakeSts;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Secrets stay out of the log, at every level and in every stack. */
@Tag("attack")
final class SecretsTest {

  private final CapturedLog recorded = CapturedLog.of("rolecall", Level.ALL);

  @AfterEach
  void leave() {
    recorded.close();
  }

  @Test
  void log_refusalThatEchoesTheToken_holdsTheCodeAndNoSecret() {
    try (Bench bench = new Bench()) {
      bench.sts.then(
          FakeSts.json(
              403,
              "{\"Error\":{\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"should have been "
                  + Proofs.SESSION_TOKEN
                  + "\",\"Type\":\"Sender\"},\"RequestId\":\""
                  + Proofs.SESSION_TOKEN
                  + "\"}"));
      bench.verify(Proofs.text());
      assertThat(bench.sts.requests().toString()).doesNotContain("SECRET");
    }
    assertThat(recorded.text()).contains("SignatureDoesNotMatch").doesNotContain("SECRET");
  }

  @Test
  void log_unknownCode_isNotRepeated() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(400, "SECRETcode"));
      var unused = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(5));
    }
    assertThat(recorded.text()).contains("unknown").doesNotContain("SECRET");
  }

  @Test
  void log_outage_isOneWarningAndOneLineWhenItEnds() {
    try (Bench bench = new Bench()) {
      bench.sts.thenFail(new IOException("SECRET in a message"));
      for (int i = 0; i < 10; i++) {
        var unused = bench.begin(Proofs.text(i));
        bench.scheduler.pass(Duration.ofSeconds(30));
      }
      assertThat(recorded.at(Level.WARNING)).hasSize(1);
      assertThat(recorded.at(Level.INFO)).isEmpty();
      bench.sts.fromNowOn().then(FakeSts.checkout());
      for (int i = 20; i < 24; i++) {
        assertThat(Bench.word(bench.verify(Proofs.text(i)))).isEqualTo("verified");
      }
    }
    assertThat(recorded.at(Level.WARNING)).hasSize(1);
    assertThat(recorded.at(Level.INFO)).hasSize(1);
    assertThat(recorded.text()).contains("connection").doesNotContain("SECRET");
  }

  @Test
  void log_proofsThatMakeStsFail_writeNoWarning() {
    try (Bench bench = new Bench()) {
      bench.sts.toNobody(
          CompletableFuture.completedFuture(FakeSts.error(403, "InvalidClientTokenId")));
      bench.sts.then(FakeSts.error(500, "InternalFailure"));
      for (int i = 0; i < 20; i++) {
        var unused = bench.begin(Proofs.text(i));
        bench.scheduler.pass(Duration.ofSeconds(5));
      }
      assertThat(bench.sts.questions()).isNotEmpty();
    }
    assertThat(recorded.at(Level.WARNING)).isEmpty();
  }

  @Test
  void log_throttling_isNoOutage() {
    try (Bench bench = new Bench()) {
      bench.sts.then(FakeSts.error(400, "Throttling"));
      var unused = bench.begin(Proofs.text());
      bench.scheduler.pass(Duration.ofSeconds(5));
    }
    assertThat(recorded.at(Level.WARNING)).isEmpty();
  }

  @Test
  void verify_defectInTheTransport_isAnOutcomeLoggedOnceWithoutItsMessage() {
    try (Bench bench = new Bench()) {
      bench.sts.thenFail(new IllegalStateException("SECRET " + Proofs.text()));
      for (int i = 0; i < 5; i++) {
        assertThat(Bench.word(bench.verify(Proofs.text(i)))).isEqualTo("unavailable DEFECT");
      }
    }
    assertThat(recorded.at(Level.SEVERE)).hasSize(1);
    assertThat(recorded.text()).contains("StsInquiry").doesNotContain("SECRET");
  }

  @Test
  void verify_defectBeforeTheLookUp_isAnOutcomeToo() {
    try (Bench bench =
        Bench.of(
            scheme ->
                scheme.transport(
                    request -> {
                      throw new IllegalArgumentException("SECRET");
                    }))) {
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("unavailable DEFECT");
      assertThat(Bench.word(bench.verify(Proofs.text()))).isEqualTo("unavailable DEFECT");
    }
    assertThat(recorded.at(Level.SEVERE)).hasSize(1);
    assertThat(recorded.text()).doesNotContain("SECRET");
  }
}
