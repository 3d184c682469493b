package dev.rolecall.verifier.grpc;

import dev.rolecall.identity.Caller;
import dev.rolecall.policy.RuleName;
import dev.rolecall.verifier.ProofFacts;
import dev.rolecall.verifier.audit.AuditCondition;
import dev.rolecall.verifier.audit.AuditLog;
import dev.rolecall.verifier.audit.AuditOutcome;
import dev.rolecall.verifier.audit.AuditRecord;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import io.opentelemetry.api.common.Attributes;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where every decision is counted, recorded and, if it is a refusal, logged, with what an operator
 * needs to know of it and nothing secret.
 *
 * <p>Anyone may make a server refuse, so the log of refusals, and the records of those whose caller
 * is not known, are limited; what is left out is counted in the next line or record. The metrics
 * count everything. Refusals of known callers are always recorded: each cost its caller a proof.
 *
 * <p>A shadow policy, where there is one, is asked about each decision here. Its differences are
 * recorded whatever decisions are, unless none are, and limited, since every call may be one.
 */
final class DecisionJournal {

  static final int LOGGED_PER_WINDOW = 10;
  static final int RECORDED_PER_WINDOW = 100;
  static final Duration WINDOW = Duration.ofSeconds(1);

  private static final System.Logger LOG = System.getLogger(RoleGuard.class.getName());
  private static final String NO_RULE = "none";

  private final Clock clock;
  private final VerifierMetrics metrics;
  private final AuditLog sink;
  private final RateLimit logged;
  private final RateLimit recorded;
  private final RateLimit sinkFailures;
  private final RateLimit differences;
  private final @Nullable ShadowPolicy shadow;

  /** A journal; {@code shadow} is null where there is no second policy. */
  DecisionJournal(
      Clock clock, VerifierMetrics metrics, AuditLog sink, @Nullable ShadowPolicy shadow) {
    this.clock = clock;
    this.metrics = metrics;
    this.sink = sink;
    this.logged = new RateLimit(clock, LOGGED_PER_WINDOW, WINDOW);
    this.recorded = new RateLimit(clock, RECORDED_PER_WINDOW, WINDOW);
    this.sinkFailures = new RateLimit(clock, 1, Duration.ofMinutes(1));
    this.differences = new RateLimit(clock, RECORDED_PER_WINDOW, WINDOW);
    this.shadow = shadow;
  }

  /** The labels that a known caller's calls are counted by while that rule lets them through. */
  Attributes labelsOfAllowed(CalledMethod method, RuleName rule) {
    return metrics.decisionLabels(method.label(), "allowed", rule.value());
  }

  /** A known caller was let through; {@code labels} are those that were made for it. */
  void allowed(CalledMethod method, String peer, Caller caller, RuleName rule, Attributes labels) {
    metrics.decided(labels);
    if (method.auditing().coversAllowed()) {
      record(method, peer, caller, new AuditOutcome.Allowed(Optional.of(rule)), 0);
    }
    if (shadow != null) {
      recordDifference(method, peer, caller, shadow.besideAllowed(method, caller, rule));
    }
  }

  /** A public method was called. */
  void allowedPublic(CalledMethod method, String peer) {
    metrics.decided(method.label(), "public", NO_RULE);
    if (method.auditing().coversAllowed()) {
      record(method, peer, null, new AuditOutcome.Allowed(Optional.empty()), 0);
    }
    if (shadow != null) {
      recordDifference(method, peer, null, shadow.besidePublic(method));
    }
  }

  /** A call was refused; {@code caller} is null where it is not known. */
  void refused(CalledMethod method, String peer, @Nullable Caller caller, Refusal refusal) {
    metrics.decided(
        method.label(),
        refusal.reason().label(),
        refusal.rule().map(RuleName::value).orElse(NO_RULE));
    log("refused", method, peer, caller, refusal);
    if (method.auditing().coversDenied()) {
      long leftOut = caller == null ? recorded.take() : 0;
      if (leftOut >= 0) {
        AuditOutcome outcome = new AuditOutcome.Refused(refusal.reason(), refusal.rule());
        record(method, peer, caller, refusal.facts(), outcome, leftOut);
      }
    }
    if (shadow != null) {
      recordDifference(method, peer, caller, shadow.besideRefused(method, caller, refusal));
    }
  }

  /** A call that had been let through was ended. */
  void ended(Admission admission, Refusal refusal) {
    metrics.callEnded(refusal.reason());
    CalledMethod method = admission.method();
    log("ended", method, admission.peer(), admission.caller(), refusal);
    if (method.auditing().coversDenied()) {
      AuditOutcome outcome = new AuditOutcome.Ended(refusal.reason(), refusal.rule());
      record(method, admission.peer(), admission.caller(), outcome, 0);
    }
  }

  private void recordDifference(
      CalledMethod method,
      String peer,
      @Nullable Caller caller,
      AuditOutcome.@Nullable ShadowDiffers differs) {
    if (differs != null && method.auditing() != AuditCondition.NONE) {
      long leftOut = differences.take();
      if (leftOut >= 0) {
        record(method, peer, caller, differs, leftOut);
      }
    }
  }

  private void log(
      String what, CalledMethod method, String peer, @Nullable Caller caller, Refusal refusal) {
    if (LOG.isLoggable(Level.INFO)) {
      long leftOut = logged.take();
      if (leftOut >= 0) {
        // A parameter, since a message of its own would be read as a format.
        LOG.log(
            Level.INFO,
            "{0} ({1} more not logged)",
            RefusalLine.of(what, method, peer, caller, refusal),
            leftOut);
      }
    }
  }

  private void record(
      CalledMethod method,
      String peer,
      @Nullable Caller caller,
      AuditOutcome outcome,
      long leftOut) {
    record(method, peer, caller, Optional.empty(), outcome, leftOut);
  }

  private void record(
      CalledMethod method,
      String peer,
      @Nullable Caller caller,
      Optional<ProofFacts> proof,
      AuditOutcome outcome,
      long leftOut) {
    try {
      sink.record(
          new AuditRecord(
              clock.instant(),
              method.fullName(),
              peer,
              Optional.ofNullable(caller),
              proof,
              outcome,
              leftOut));
    } catch (RuntimeException e) {
      // Going on is safe: the decision stands, and the metrics have counted it.
      long leftOutHere = sinkFailures.take();
      if (leftOutHere >= 0) {
        LOG.log(Level.WARNING, "the audit log failed; a record is lost", e);
      }
    }
  }
}
