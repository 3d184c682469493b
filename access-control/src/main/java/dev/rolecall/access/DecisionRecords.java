package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.Correlation;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.audit.RecordForm;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.scheme.Facts;
import dev.rolecall.identity.Caller;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the records of decisions. */
final class DecisionRecords {

  private final Clock clock;
  private final boolean namesRequests;

  /**
   * A maker of records.
   *
   * @param namesRequests whether they name the request
   */
  DecisionRecords(Clock clock, boolean namesRequests) {
    this.clock = requireNonNull(clock, "clock");
    this.namesRequests = namesRequests;
  }

  /** Whether they name the request, so that its headers are read. */
  boolean nameRequests() {
    return namesRequests;
  }

  /** The record of a decision made now, that stands for itself. */
  AuditRecord of(
      CalledMethod method, CallOrigin origin, @Nullable Caller caller, AuditOutcome outcome) {
    return new AuditRecord(
        clock.instant(),
        method.fullName(),
        origin(origin, caller, Optional.empty()),
        outcome,
        LeftOut.NONE);
  }

  /** The form of the records of calls by that admission; null where they are not recorded. */
  @Nullable RecordForm formOfAllowed(Admission admission, Caller caller, AuditOutcome outcome) {
    CalledMethod method = admission.method();
    return method.auditing().coversAllowed()
        ? new RecordForm(of(method, admission.origin().withoutHeaders(), caller, outcome))
        : null;
  }

  /** The sender of a call, as records have it. */
  AuditRecord.Origin origin(CallOrigin origin, @Nullable Caller caller, Optional<Facts> facts) {
    return new AuditRecord.Origin(
        origin.peer(),
        Optional.ofNullable(caller),
        facts,
        correlation(origin),
        origin.credential());
  }

  /** The names of the request, where records have them. */
  Correlation correlation(CallOrigin origin) {
    return namesRequests ? origin.correlation() : Correlation.NONE;
  }
}
