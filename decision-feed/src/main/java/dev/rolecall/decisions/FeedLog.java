package dev.rolecall.decisions;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.Correlation;
import dev.rolecall.access.audit.RecordForm;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.internal.Supervisor;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * A log that gives every record to a tally, and to the log of other rules what those rules cover.
 * What the tally throws is counted as that of a task, and keeps no record from the log.
 */
final class FeedLog implements AuditLog {

  private final DecisionTally tally;
  private final AuditLog log;
  private final AuditCondition condition;
  private final Map<String, AuditCondition> ofMethods;
  private final Supervisor supervisor;

  FeedLog(DecisionTally tally, AuditRules rules, Supervisor supervisor) {
    this.tally = tally;
    this.log = rules.log();
    this.condition = rules.condition();
    // By the name that records have: a path begins with a slash.
    this.ofMethods =
        rules.ofMethods().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    each -> each.getKey().value().substring(1), Map.Entry::getValue));
    this.supervisor = supervisor;
  }

  @Override
  public void record(AuditRecord made) {
    if (isForLog(made)) {
      log.record(made);
    }
  }

  @Override
  public boolean record(RecordForm form, long millis, Correlation correlation) {
    return !isForLog(form.at(millis, correlation)) || log.record(form, millis, correlation);
  }

  /** Gives it to the tally; whether the log's rules cover it too. */
  private boolean isForLog(AuditRecord made) {
    try {
      tally.take(made);
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
    return covers(ofMethods.getOrDefault(made.method(), condition), made.outcome());
  }

  /** As the engine has it, which asks this log's rules and not those. */
  private static boolean covers(AuditCondition condition, AuditOutcome outcome) {
    return outcome.fold(
        allowed -> condition.coversAllowed(),
        refused -> condition.coversDenied(),
        ended -> condition.coversDenied(),
        instead -> condition != AuditCondition.NONE,
        differs -> condition != AuditCondition.NONE);
  }

  @Override
  public void countLosses(LongConsumer counter) {
    log.countLosses(counter);
  }

  /** Closes the log of the other rules. The feed goes on: other guards may use it. */
  @Override
  public void close() {
    log.close();
  }
}
