package dev.rolecall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.records.AuditWriter;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.RuleName;
import dev.rolecall.testsupport.CapturedLog;
import dev.rolecall.testsupport.ManualScheduler;
import dev.rolecall.testsupport.ManualTime;
import dev.rolecall.testsupport.RecordedTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final DecisionMetrics metrics = new DecisionMetrics(recorded.telemetry());
  private final List<AuditRecord> records = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private final ManualScheduler scheduler = new ManualScheduler();
  private final AccessRuntime runtime =
      AccessRuntime.builder()
          .clock(clock)
          .openTelemetry(recorded.telemetry())
          .applicationExecutor(tasks::add)
          .scheduler(scheduler)
          .build();
  private final DecisionJournal journal =
      new DecisionJournal(runtime, metrics, writer(records::add), false, null);

  @ParameterizedTest
  @CsvSource({"ON_DENY, 2", "ON_ALLOW, 2", "BOTH, 4", "NONE, 0"})
  void condition_choosesTheRecords(AuditCondition condition, int expected) {
    CalledMethod method = method(condition);

    allow(journal, method);
    journal.allowedPublic(method, Checkout.ORIGIN);
    journal.refused(method, Checkout.ORIGIN, UNKNOWN);
    journal.refused(method, Checkout.ORIGIN, KNOWN);

    assertThat(records).hasSize(expected);
  }

  @Test
  void deniedCallsOfOneProof_writeTensOfRecords_andCountTheRest() {
    CalledMethod method = method(AuditCondition.ON_DENY);
    for (int i = 0; i < 20_000; i++) {
      journal.refused(method, Checkout.ORIGIN, KNOWN);
    }
    assertThat(records).hasSize(10).allMatch(each -> each.leftOut().count() == 0);

    clock.advance(Duration.ofMinutes(1));
    journal.summarize();

    assertThat(records).hasSize(11);
    AuditRecord last = records.get(10);
    assertThat(last.leftOut())
        .isEqualTo(new LeftOut(19_989, LeftOut.Of.KIND, last.leftOut().since()));
    assertThat(last.leftOut().since()).isPresent();
    assertThat(last.caller()).contains(Checkout.caller());
    assertThat(last.outcome())
        .isEqualTo(new AuditOutcome.Refused(RefusalReason.METHOD_NOT_ALLOWED, Optional.empty()));
    assertThat(last.time()).isEqualTo(ManualTime.START);
  }

  @Test
  void floodOfStrangers_leavesKnownCallersRoom_andClosingLosesNothing() {
    CalledMethod method = method(AuditCondition.BOTH);
    for (int i = 0; i < 5_000; i++) {
      journal.refused(method, CallOrigin.of("peer " + i), UNKNOWN);
    }
    assertThat(records).hasSize(200);

    journal.refused(method, Checkout.ORIGIN, KNOWN);
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

  /** A journal whose sink throws each time. */
  private DecisionJournal failing() {
    return new DecisionJournal(
        runtime,
        metrics,
        writer(
            each -> {
              throw new IllegalStateException("disk full");
            }),
        false,
        null);
  }

  private AuditWriter writer(AuditLog log) {
    return new AuditWriter(log, metrics, clock);
  }

  @Test
  void sinkThatThrows_breaksNothing() {
    DecisionJournal failing = failing();
    CalledMethod method = method(AuditCondition.BOTH);

    assertThatCode(
            () -> {
              allow(failing, method);
              failing.refused(method, Checkout.ORIGIN, UNKNOWN);
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
        journal.refused(method, Checkout.ORIGIN, KNOWN);
        journal.refused(method, CallOrigin.of("q"), UNKNOWN);
      }
      journal.close();
    } finally {
      logger.removeHandler(full);
      logger.setLevel(before);
    }
    assertThat(records.stream().mapToLong(each -> 1 + each.leftOut().count()).sum()).isEqualTo(40);
    // Ten lines of each kind, and one more of each at the end.
    assertThat(recorded.sum("rolecall.task.failures{task=decision_record}")).isEqualTo(22);
  }

  @Test
  void everyDecision_isCountedByMethodDecisionAndRule() {
    CalledMethod method = method(AuditCondition.NONE);

    allow(journal, method);
    journal.allowedPublic(method, Checkout.ORIGIN);
    journal.refused(method, Checkout.ORIGIN, UNKNOWN);
    journal.refused(method, Checkout.ORIGIN, KNOWN);
    journal.ended(Checkout.admission(method), KNOWN);

    String decisions = "rolecall.server.decisions{decision=";
    String labels = ",grpc.method=" + Checkout.UNARY + ",rule=";
    assertThat(recorded.sums())
        .containsOnly(
            Map.entry(decisions + "allowed" + labels + "r}", 1.0),
            Map.entry(decisions + "public" + labels + "none}", 1.0),
            Map.entry(decisions + "issuer_refused" + labels + "none}", 1.0),
            Map.entry(decisions + "method_not_allowed" + labels + "none}", 1.0),
            Map.entry("rolecall.calls.ended{reason=method_not_allowed}", 1.0));
  }

  @ParameterizedTest
  @CsvSource({"ON_DENY, 10, 90", "ON_ALLOW, -1, -1"})
  void refusals_recordedAndLeftOut_areCountedWhereTheyAreToBeRecorded(
      AuditCondition condition, double written, double leftOut) {
    for (int i = 0; i < 100; i++) {
      journal.refused(method(condition), Checkout.ORIGIN, UNKNOWN);
    }

    assertThat(recorded.sum("rolecall.audit.records{result=written}")).isEqualTo(written);
    assertThat(recorded.sum("rolecall.audit.records{result=left_out}")).isEqualTo(leftOut);
  }

  @Test
  void endedCall_isRecordedUnlessRefusalsAreNot() {
    journal.ended(Checkout.admission(method(AuditCondition.ON_ALLOW)), KNOWN);
    assertThat(records).isEmpty();

    journal.ended(Checkout.admission(method(AuditCondition.ON_DENY)), KNOWN);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).outcome())
        .isEqualTo(new AuditOutcome.Ended(RefusalReason.METHOD_NOT_ALLOWED, Optional.empty()));
    assertThat(records.get(0).caller()).contains(Checkout.caller());
  }

  @Test
  void endedCalls_areLoggedTenASecond_andTheNextLineCountsTheRest() {
    Admission admission = Checkout.admission(method(AuditCondition.NONE));
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 15; i++) {
                journal.ended(admission, KNOWN);
              }
              clock.advance(Duration.ofSeconds(1));
              journal.ended(admission, KNOWN);
            });

    assertThat(lines).hasSize(11).allMatch(line -> line.startsWith("INFO ended "));
    assertThat(lines.subList(0, 10)).allMatch(line -> line.endsWith(" (0 more not logged)"));
    assertThat(lines.get(10)).endsWith(" (5 more not logged)");
  }

  @Test
  void refusals_areLoggedWithinTheBudget_andTheSummaryCountsTheRest() {
    CalledMethod method = method(AuditCondition.NONE);
    List<String> lines =
        logged(
            () -> {
              for (int i = 0; i < 15; i++) {
                journal.refused(method, Checkout.ORIGIN, UNKNOWN);
              }
              journal.close();
            });

    assertThat(lines).hasSize(11).allMatch(line -> line.startsWith("INFO refused "));
    assertThat(lines.get(10)).endsWith(" (4 more not logged)");
    assertThat(records).isEmpty();
  }

  @Test
  void sinkThatThrows_isCountedEachTime_andLoggedOnceAMinute() {
    DecisionJournal failing = failing();
    CalledMethod method = method(AuditCondition.ON_ALLOW);
    List<String> lines =
        logged(
            () -> {
              allow(failing, method);
              allow(failing, method);
              clock.advance(Duration.ofMinutes(1));
              allow(failing, method);
            });

    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("WARNING the audit log failed"));
    assertThat(recorded.sum("rolecall.audit.records{result=failed}")).isEqualTo(3);
    assertThat(recorded.sum("rolecall.audit.records{result=written}"))
        .isEqualTo(RecordedTelemetry.NONE);
  }

  @Test
  void summaries_areWrittenOnTheExecutorAtEachTick_untilTheJournalIsClosed() {
    journal.startSummaries();
    for (int i = 0; i < 12; i++) {
      journal.refused(method(AuditCondition.ON_DENY), Checkout.ORIGIN, UNKNOWN);
      journal.refused(method(AuditCondition.ON_DENY), Checkout.ORIGIN, KNOWN);
    }
    clock.advance(Duration.ofMinutes(1));

    scheduler.tick();
    assertThat(records).hasSize(20);
    tasks.forEach(Runnable::run);

    assertThat(records).hasSize(22);
    journal.close();
    assertThat(scheduler.periods()).isEmpty();
  }

  /** The lines that the engine's logger writes meanwhile. */
  private static List<String> logged(Runnable action) {
    try (CapturedLog log = CapturedLog.of("rolecall.access", Level.INFO)) {
      action.run();
      return log.lines();
    }
  }

  private static void allow(DecisionJournal journal, CalledMethod method) {
    Admission admission = Checkout.admission(method);
    journal.allowed(
        admission,
        Checkout.caller(),
        journal.named(admission, Checkout.caller(), RuleName.parse("r"), Optional.empty()),
        Checkout.ORIGIN);
  }

  private static CalledMethod method(AuditCondition condition) {
    return Checkout.unary(condition);
  }
}
