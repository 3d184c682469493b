package dev.rolecall.exchange;

import static dev.rolecall.exchange.ExchangeBench.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The records of exchanges: one for each proof. Each test has an audience of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExchangeAuditTest {

  private ExchangeBench bench;

  @BeforeAll
  void start() {
    bench = new ExchangeBench();
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  /** A refusal is recorded once it has been answered. */
  private AuditRecord only(String method) {
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> bench.audit.stream().anyMatch(record -> record.method().equals(method)));
    List<AuditRecord> records =
        bench.audit.stream().filter(record -> record.method().equals(method)).toList();
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  @Test
  void token_isRecordedOnce_withItsSessionAndKey() {
    bench.post(form("role:checkout"));

    AuditRecord record = only("rolecall.exchange/orders");
    Caller caller = record.caller().orElseThrow();
    assertThat(record.outcome()).isInstanceOf(AuditOutcome.Allowed.class);
    assertThat(caller.evidence().credentialId()).hasValue("ASIAEXAMPLE00000checkout");
    assertThat(caller.evidence().sessionName()).hasValue("session-1");
  }

  @Test
  void audienceOfNoRule_isRecordedWithTheRole() {
    bench.post(form("role:reports", "audience", "https://billing.example/"));

    AuditRecord record = only("rolecall.exchange/https:%2F%2Fbilling.example%2F");
    assertThat(record.outcome())
        .isEqualTo(new AuditOutcome.Refused(RefusalReason.METHOD_NOT_ALLOWED, Optional.empty()));
    assertThat(record.caller().orElseThrow().principal().text())
        .isEqualTo(StatedScheme.ACCOUNT + "reports");
  }

  @Test
  void proofThatIsNotGood_isRecordedWithItsReason() {
    bench.post(form("refused:AUDIENCE_MISMATCH", "audience", "spoiled"));

    assertThat(only("rolecall.exchange/spoiled").outcome())
        .isEqualTo(new AuditOutcome.Refused(RefusalReason.AUDIENCE_MISMATCH, Optional.empty()));
  }

  @Test
  void outage_isRecordedAsOne() {
    bench.post(form("away:ISSUER_UNAVAILABLE", "audience", "away"));

    assertThat(only("rolecall.exchange/away").outcome())
        .isEqualTo(new AuditOutcome.Refused(RefusalReason.ISSUER_UNAVAILABLE, Optional.empty()));
  }

  @Test
  void actor_isRecordedBesideItsSubject() {
    bench.post(
        form(
            "role:checkout",
            "audience",
            "-",
            "resource",
            "https://orders.example/api",
            "actor_token",
            "role:reports",
            "actor_token_type",
            ExchangeRequest.PROOF));

    String target = "https:%2F%2Forders.example%2Fapi";
    assertThat(only("rolecall.exchange/" + target).outcome())
        .isInstanceOf(AuditOutcome.Allowed.class);
    assertThat(only("rolecall.exchange.actor/" + target).outcome())
        .isInstanceOf(AuditOutcome.Refused.class);
  }
}
