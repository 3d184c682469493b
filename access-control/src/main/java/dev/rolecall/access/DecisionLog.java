package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.internal.records.RateLimit;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.Supervisor;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The log of calls refused, ended, or admitted instead, a line each at INFO. The one who writes
 * refusals bounds them; the rest are bounded here. Throws nothing.
 */
final class DecisionLog {

  static final int PER_WINDOW = 10;
  static final Duration WINDOW = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger("rolecall.access");

  private final Supervisor supervisor;
  private final RateLimit ends;
  private final RateLimit instead;

  DecisionLog(Clock clock, Supervisor supervisor) {
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.ends = new RateLimit(clock, PER_WINDOW, WINDOW);
    this.instead = new RateLimit(clock, PER_WINDOW, WINDOW);
  }

  /**
   * A call was refused.
   *
   * @param leftOut how many others the line stands for
   */
  void refused(CalledMethod method, String peer, Refusal refusal, long leftOut) {
    if (LOG.isLoggable(Level.INFO)) {
      write("refused", method, peer, refusal.caller().orElse(null), refusal, leftOut);
    }
  }

  /** A call that had been admitted was ended. */
  void ended(Admission admission, Refusal refusal) {
    writeWithin(ends, "ended", admission.method(), admission.peer(), admission.caller(), refusal);
  }

  /** A call was admitted instead of refused, or went on instead of being ended. */
  void admittedInstead(CalledMethod method, String peer, @Nullable Caller caller, Refusal refusal) {
    writeWithin(instead, "admitted instead of refused", method, peer, caller, refusal);
  }

  private void writeWithin(
      RateLimit limit,
      String what,
      CalledMethod method,
      String peer,
      @Nullable Caller caller,
      Refusal refusal) {
    if (LOG.isLoggable(Level.INFO)) {
      long leftOut = limit.take();
      if (leftOut >= 0) {
        write(what, method, peer, caller, refusal, leftOut);
      }
    }
  }

  /** A log that cannot be written to is no reason not to record. */
  private void write(
      String what,
      CalledMethod method,
      String peer,
      @Nullable Caller caller,
      Refusal refusal,
      long leftOut) {
    try {
      // A parameter, since the message itself would be read as a format.
      LOG.log(
          Level.INFO,
          "{0} ({1} more not logged)",
          RefusalLine.of(what, method, peer, caller, refusal),
          leftOut);
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.DECISION_RECORD.label(), e);
    }
  }
}
