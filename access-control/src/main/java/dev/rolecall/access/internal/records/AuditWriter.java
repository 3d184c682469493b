package dev.rolecall.access.internal.records;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.Correlation;
import dev.rolecall.access.audit.RecordForm;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/** Writes records to the audit log and counts them. What the log throws costs the record alone. */
public final class AuditWriter {

  private static final System.Logger LOG = System.getLogger("rolecall.access");

  private final AuditLog log;
  private final DecisionMetrics metrics;
  private final RateLimit failures;

  /** A writer to that log, which it closes. */
  public AuditWriter(AuditLog log, DecisionMetrics metrics, Clock clock) {
    this.log = requireNonNull(log, "log");
    this.metrics = requireNonNull(metrics, "metrics");
    log.countLosses(metrics::recordsLost);
    this.failures = new RateLimit(clock, 1, Duration.ofMinutes(1));
  }

  /** Closes the log. */
  public void close() {
    log.close();
  }

  /** Writes a record. Throws nothing. */
  public void write(AuditRecord made) {
    write(new RecordForm(made), made.time().toEpochMilli(), made.origin().correlation());
  }

  /**
   * Writes the record of that form. Throws nothing.
   *
   * @param millis its time, in milliseconds of the epoch
   */
  public void write(RecordForm form, long millis, Correlation correlation) {
    try {
      if (log.record(form, millis, correlation)) {
        metrics.recordWritten();
      }
    } catch (RuntimeException | Error e) {
      // Going on is safe: the decision stands, and the metrics have counted it.
      metrics.recordFailed();
      if (failures.take() >= 0) {
        LOG.log(Level.WARNING, "the audit log failed; a record is lost", e);
      }
    }
  }
}
