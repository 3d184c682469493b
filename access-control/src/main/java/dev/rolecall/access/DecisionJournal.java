package dev.rolecall.access;

import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.audit.LeftOut;
import dev.rolecall.access.audit.RecordForm;
import dev.rolecall.access.audit.WouldHave;
import dev.rolecall.access.call.CallOrigin;
import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.internal.records.AuditWriter;
import dev.rolecall.access.internal.records.RecordBudget;
import dev.rolecall.access.internal.records.RecordBudget.Kind;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Caller;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policy.grant.PermissionName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The journal of decisions: counts and records each, and logs refusals, with all that an operator
 * needs to know and nothing secret.
 *
 * <p>Anyone may make a server refuse, with one credential as often as it likes. So refusals are
 * logged and recorded within a {@link RecordBudget}: those of known callers in one, those of
 * strangers in another. What is left out is counted, in a record at the end of each window. The
 * metrics count everything. Calls that are admitted, by the policy or instead of refused, and the
 * ends of such calls, are recorded one by one.
 *
 * <p>A shadow policy, where there is one, is asked about each decision here. Its differences are
 * recorded whatever decisions are, unless none are, within a budget of their own.
 */
final class DecisionJournal implements AutoCloseable {

  static final RecordBudget.Limits LIMITS =
      new RecordBudget.Limits(10, 50, 200, Duration.ofMinutes(1));
  private static final Duration SUMMARY_PERIOD = Duration.ofSeconds(10);
  private static final String NO_RULE = "none";
  private static final String INSTEAD = "admitted_instead_of_refused";

  private record Refused(
      Instant time, CalledMethod method, AuditRecord.Origin origin, Refusal refusal) {}

  private final AccessRuntime runtime;
  private final DecisionMetrics metrics;
  private final AuditWriter writer;
  private final DecisionLog log;
  private final RecordBudget<Refused> knownCallers;
  private final RecordBudget<Refused> strangers;
  private final RecordBudget<AuditRecord> differences;
  private final @Nullable ShadowPolicy shadow;
  private final DecisionRecords records;
  private @Nullable ScheduledFuture<?> summaries;

  /**
   * A journal.
   *
   * @param namesRequests whether records name the request
   * @param shadow null where there is no second policy
   */
  DecisionJournal(
      AccessRuntime runtime,
      DecisionMetrics metrics,
      AuditWriter writer,
      boolean namesRequests,
      @Nullable ShadowPolicy shadow) {
    this.runtime = runtime;
    this.records = new DecisionRecords(runtime.clock(), namesRequests);
    this.metrics = metrics;
    this.writer = writer;
    Clock clock = runtime.clock();
    this.log = new DecisionLog(clock, runtime.supervisor());
    this.knownCallers =
        new RecordBudget<>(clock, LIMITS, each -> write(each.last(), each.leftOut()));
    this.strangers = new RecordBudget<>(clock, LIMITS, each -> write(each.last(), each.leftOut()));
    this.differences =
        new RecordBudget<>(
            clock, LIMITS, each -> writer.write(each.last().withLeftOut(each.leftOut())));
    this.shadow = shadow;
  }

  /**
   * Writes the summaries of each window until this is closed: timed by the walks, and written on
   * the executor of application code, since the audit log may take its time.
   */
  void startSummaries() {
    String task = SupervisedTask.DECISION_RECORD.label();
    summaries =
        runtime
            .supervisor()
            .every(
                SUMMARY_PERIOD,
                runtime.walks(),
                task,
                () -> runtime.supervisor().execute(runtime.application(), task, this::summarize));
  }

  /** Writes the summaries of the windows that have ended. */
  void summarize() {
    knownCallers.endWindow();
    strangers.endWindow();
    differences.endWindow();
  }

  /** Writes what has been left out so far, and closes the shadow's source. */
  @Override
  public void close() {
    if (summaries != null) {
      summaries.cancel(false);
    }
    knownCallers.close();
    strangers.close();
    differences.close();
    if (shadow != null) {
      shadow.close();
    }
  }

  /** Closes the audit log. */
  void closeLog() {
    writer.close();
  }

  /** What its calls are counted and recorded by while that rule admits the caller. */
  CachedDecision.Named named(
      Admission admission, Caller caller, RuleName rule, Optional<PermissionName> permission) {
    return new CachedDecision.Named(
        rule,
        metrics.decisionLabels(admission.method().label(), "allowed", rule.value()),
        records.formOfAllowed(
            admission, caller, new AuditOutcome.Allowed(Optional.of(rule), permission)));
  }

  /** Whether it reads the origin of calls that are admitted. */
  boolean readsOrigins() {
    return shadow != null || records.nameRequests();
  }

  /** A known caller was admitted by that rule. */
  void allowed(Admission admission, Caller caller, CachedDecision.Named by, CallOrigin origin) {
    metrics.decided(by.labels());
    RecordForm form = by.form();
    if (form != null) {
      writer.write(form, runtime.clock().millis(), records.correlation(origin));
    }
    if (shadow != null) {
      CalledMethod method = admission.method();
      recordDifference(
          method, origin, caller, shadow.besideAllowed(method, caller, by.rule(), origin));
    }
  }

  /** A public method was called. */
  void allowedPublic(CalledMethod method, CallOrigin origin) {
    metrics.decided(method.label(), "public", NO_RULE);
    if (method.auditing().coversAllowed()) {
      record(method, origin, null, new AuditOutcome.Allowed(Optional.empty()));
    }
    if (shadow != null) {
      recordDifference(method, origin, null, shadow.besidePublic(method));
    }
  }

  /** A call was refused. */
  void refused(CalledMethod method, CallOrigin origin, Refusal refusal) {
    String peer = origin.peer();
    Caller caller = refusal.caller().orElse(null);
    metrics.decided(
        method.label(),
        refusal.reason().label(),
        refusal.rule().map(RuleName::value).orElse(NO_RULE));
    Refused refused =
        new Refused(
            runtime.clock().instant(),
            method,
            records.origin(origin, caller, refusal.facts()),
            refusal);
    if ((caller == null ? strangers : knownCallers)
        .take(kind(method, peer, caller, refusal.reason()), refused)) {
      write(refused, LeftOut.NONE);
    } else if (method.auditing().coversDenied()) {
      metrics.recordLeftOut();
    }
    if (shadow != null) {
      recordDifference(
          method, origin, caller, shadow.besideRefused(method, caller, refusal, origin));
    }
  }

  /** A call was admitted instead of refused; {@code caller} is null where it is not known. */
  void admittedInstead(
      CalledMethod method, CallOrigin origin, @Nullable Caller caller, Refusal refusal) {
    metrics.decided(method.label(), INSTEAD, refusal.rule().map(RuleName::value).orElse(NO_RULE));
    instead(method, origin, caller, refusal, WouldHave.REFUSED);
    if (shadow != null) {
      recordDifference(
          method, origin, caller, shadow.besideRefused(method, caller, refusal, origin));
    }
  }

  /** A call that had been admitted lives on instead of being ended. */
  void keptInstead(Admission admission, Refusal refusal) {
    instead(admission.method(), admission.origin(), admission.caller(), refusal, WouldHave.ENDED);
  }

  private void instead(
      CalledMethod method,
      CallOrigin origin,
      @Nullable Caller caller,
      Refusal refusal,
      WouldHave wouldHave) {
    metrics.admittedInstead(method.label(), refusal.reason(), wouldHave.label());
    log.admittedInstead(method, origin.peer(), caller, refusal);
    if (method.auditing() != AuditCondition.NONE) {
      writer.write(
          new AuditRecord(
              runtime.clock().instant(),
              method.fullName(),
              records.origin(origin, caller, refusal.facts()),
              new AuditOutcome.AdmittedInstead(
                  wouldHave, refusal.reason(), refusal.rule(), refusal.permission()),
              LeftOut.NONE));
    }
  }

  /** A call that had been admitted was ended. */
  void ended(Admission admission, Refusal refusal) {
    metrics.callEnded(refusal.reason());
    CalledMethod method = admission.method();
    log.ended(admission, refusal);
    if (method.auditing().coversDenied()) {
      AuditOutcome outcome =
          new AuditOutcome.Ended(refusal.reason(), refusal.rule(), refusal.permission());
      record(method, admission.origin(), admission.caller(), outcome);
    }
  }

  private static Kind kind(CalledMethod method, String peer, @Nullable Caller caller, Enum<?> why) {
    return caller == null
        ? new Kind(peer, peer, method.label(), why)
        : new Kind(caller.principal().group(), caller.principal(), method.label(), why);
  }

  private void recordDifference(
      CalledMethod method,
      CallOrigin origin,
      @Nullable Caller caller,
      AuditOutcome.@Nullable ShadowDiffers differs) {
    if (differs != null && method.auditing() != AuditCondition.NONE) {
      AuditRecord made = records.of(method, origin, caller, differs);
      if (differences.take(kind(method, origin.peer(), caller, differs.shadow()), made)) {
        writer.write(made);
      } else {
        metrics.recordLeftOut();
      }
    }
  }

  /** Logs and records one refusal, which stands for those left out as well. */
  private void write(Refused refused, LeftOut leftOut) {
    Refusal refusal = refused.refusal();
    log.refused(refused.method(), refused.origin().peer(), refusal, leftOut.count());
    if (refused.method().auditing().coversDenied()) {
      writer.write(
          new AuditRecord(
              refused.time(),
              refused.method().fullName(),
              refused.origin(),
              new AuditOutcome.Refused(refusal.reason(), refusal.rule(), refusal.permission()),
              leftOut));
    }
  }

  private void record(
      CalledMethod method, CallOrigin origin, @Nullable Caller caller, AuditOutcome outcome) {
    writer.write(records.of(method, origin, caller, outcome));
  }
}
