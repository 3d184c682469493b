package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.Supervisor;
import java.util.function.Supplier;

/**
 * The records of what a door did with calls, written once the door has acted: no sink or metric can
 * then leave a client waiting. Get them from {@link AccessControl#records}.
 *
 * <p>Safe for use by many threads; never blocks. Throws nothing, unless a method says so.
 */
public final class CallRecords {

  private final DecisionJournal journal;
  private final Supervisor supervisor;

  CallRecords(DecisionJournal journal, Supervisor supervisor) {
    this.journal = requireNonNull(journal, "journal");
    this.supervisor = requireNonNull(supervisor, "supervisor");
  }

  /** Records a refusal. To be called once the door has closed the call. */
  public void refused(CallRequest call, Refusal refusal) {
    supervisor.run(
        SupervisedTask.DECISION_RECORD.label(),
        () -> journal.refused(call.method(), presented(call), refusal));
  }

  private static CallOrigin presented(CallRequest call) {
    return call.origin().presenting(call.connection().credentialFor(call.credential()));
  }

  /** Records that the door ended a call that had been admitted. Throws what a metric throws. */
  public void ended(Admission admission, Refusal refusal) {
    journal.ended(admission, refusal);
  }

  /**
   * Records that a call went on that would have been ended, since its method is not {@link
   * CalledMethod#enforced enforced}. To be called once a call, and never for an {@link
   * Admission#insteadOfRefusal}, which has its record.
   */
  public void kept(Admission admission, Refusal refusal) {
    supervisor.run(
        SupervisedTask.DECISION_RECORD.label(), () -> journal.keptInstead(admission, refusal));
  }

  /**
   * Records that nothing could be decided about a call, because something threw that should not.
   * The door has closed it.
   *
   * @param call the call; nothing is recorded if that throws too
   */
  public void defect(Supplier<? extends CallRequest> call, Throwable thrown) {
    supervisor.caught(SupervisedTask.CALL_DECISION.label(), thrown);
    supervisor.run(
        SupervisedTask.DECISION_RECORD.label(),
        () -> refused(call.get(), Refusal.of(RefusalReason.DEFECT)));
  }
}
