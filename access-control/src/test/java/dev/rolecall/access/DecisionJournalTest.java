package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.ManualTime;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("attack")
class DecisionJournalTest {

  private static final Refusal UNKNOWN = Refusal.of(RefusalReason.ISSUER_REFUSED, ManualTime.START);
  private static final Refusal KNOWN =
      Refusal.notAllowed(Checkout.caller(), Checkout.UNARY, Optional.empty());

  private final ManualTime clock = new ManualTime();
  private final DecisionMetrics metrics = new DecisionMetrics(OpenTelemetry.noop());
  private final List<AuditRecord> records = new ArrayList<>();
  private final DecisionJournal journal =
      new DecisionJournal(Checkout.runtime(clock), metrics, writer(records::add), null);

  @ParameterizedTest
  @CsvSource({"ON_DENY, 2", "ON_ALLOW, 2", "BOTH, 4", "NONE, 0"})
  void condition_choosesTheRecords(AuditCondition condition, int expected) {
    CalledMethod method = method(condition);

    allow(journal, method);
    journal.allowedPublic(method, "p");
    journal.refused(method, "p", UNKNOWN);
    journal.refused(method, "p", KNOWN);

    assertThat(records).hasSize(expected);
  }

  @Test
  void deniedCallsOfOneProof_writeTensOfRecords_andCountTheRest() {
    CalledMethod method = method(AuditCondition.ON_DENY);
    for (int i = 0; i < 20_000; i++) {
      journal.refused(method, "p", KNOWN);
    }
    assertThat(records).hasSize(10).allMatch(each -> each.leftOut().count() == 0);

    clock.advance(Duration.ofMinutes(1));
    journal.summarize();

    assertThat(records).hasSize(11);
    AuditRecord last = records.get(10);
    assertThat(last.leftOut()).isEqualTo(new LeftOut(19_989, LeftOut.Of.KIND));
    assertThat(last.caller()).contains(Checkout.caller());
    assertThat(last.outcome())
        .isEqualTo(new AuditOutcome.Refused(RefusalReason.METHOD_NOT_ALLOWED, Optional.empty()));
    assertThat(last.time()).isEqualTo(ManualTime.START);
  }

  @Test
  void floodOfStrangers_leavesKnownCallersRoom_andClosingLosesNothing() {
    CalledMethod method = method(AuditCondition.BOTH);
    for (int i = 0; i < 5_000; i++) {
      journal.refused(method, "peer " + i, UNKNOWN);
    }
    assertThat(records).hasSize(200);

    journal.refused(method, "p", KNOWN);
    assertThat(records).hasSize(201);

    journal.close();
    assertThat(records).hasSize(202);
    assertThat(records.stream().mapToLong(each -> 1 + each.leftOut().count()).sum())
        .isEqualTo(5_001);
  }

  @Test
  void admittedCalls_areRecordedEach() {
    CalledMethod method = method(AuditCondition.BOTH);
    for (int i = 0; i < 1_000; i++) {
      allow(journal, method);
    }

    assertThat(records).hasSize(1_000);
  }

  private AuditWriter writer(AuditLog log) {
    return new AuditWriter(log, metrics, clock);
  }

  @Test
  void sinkThatThrows_breaksNothing() {
    DecisionJournal failing =
        new DecisionJournal(
            Checkout.runtime(clock),
            metrics,
            writer(
                each -> {
                  throw new IllegalStateException("disk full");
                }),
            null);
    CalledMethod method = method(AuditCondition.BOTH);

    assertThatCode(
            () -> {
              allow(failing, method);
              failing.refused(method, "p", UNKNOWN);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void logThatThrows_losesNoRecord() {
    Logger logger = Logger.getLogger("rolecall.access");
    Level before = logger.getLevel();
    Handler full =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            throw new InternalError("disk full");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(full);
    logger.setLevel(Level.INFO);
    try {
      CalledMethod method = method(AuditCondition.ON_DENY);
      for (int i = 0; i < 20; i++) {
        journal.refused(method, "p", KNOWN);
        journal.refused(method, "q", UNKNOWN);
      }
      journal.close();
    } finally {
      logger.removeHandler(full);
      logger.setLevel(before);
    }
    assertThat(records.stream().mapToLong(each -> 1 + each.leftOut().count()).sum()).isEqualTo(40);
  }

  private static void allow(DecisionJournal journal, CalledMethod method) {
    RuleName rule = RuleName.parse("r");
    journal.allowed(
        Checkout.admission(method), Checkout.caller(), rule, journal.labelsOfAllowed(method, rule));
  }

  private static CalledMethod method(AuditCondition condition) {
    return Checkout.unary(condition);
  }
}
