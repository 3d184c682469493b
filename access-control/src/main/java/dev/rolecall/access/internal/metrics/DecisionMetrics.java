package dev.rolecall.access.internal.metrics;

import dev.rolecall.identity.RefusalReason;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The instruments of decisions: what was decided, recorded and ended, and by which policy. */
public final class DecisionMetrics {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("grpc.method");
  private static final AttributeKey<String> DECISION = AttributeKey.stringKey("decision");
  private static final AttributeKey<String> RULE = AttributeKey.stringKey("rule");
  private static final AttributeKey<String> SHADOW = AttributeKey.stringKey("shadow");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
  private static final AttributeKey<String> WOULD_HAVE = AttributeKey.stringKey("would_have");

  private static final Attributes WRITTEN = Attributes.of(RESULT, "written");
  private static final Attributes LEFT_OUT = Attributes.of(RESULT, "left_out");
  private static final Attributes FAILED = Attributes.of(RESULT, "failed");
  private static final Attributes LOST = Attributes.of(RESULT, "lost");

  /** Policies come and go with their rules' names; this many sets of labels are kept ready. */
  private static final int MAX_DECISION_LABELS = 4_096;

  private record DecisionLabels(String method, String decision, String rule) {}

  /** Every call is counted, and making a set of attributes sorts and copies. */
  private final Map<DecisionLabels, Attributes> decisionAttributes = new ConcurrentHashMap<>();

  private final SteadyCounter decisions;
  private final SteadyCounter admittedInstead;
  private final SteadyCounter shadowDifferences;
  private final SteadyCounter callsEnded;
  private final SteadyCounter policyReloads;
  private final SteadyCounter auditRecords;

  /** Declares the instruments. */
  public DecisionMetrics(OpenTelemetry telemetry) {
    Instruments made = new Instruments(telemetry);
    this.decisions =
        made.counter("rolecall.server.decisions", "Calls decided, by method, decision and rule.");
    this.admittedInstead =
        made.counter(
            "rolecall.server.admitted_instead_of_refused",
            "Calls that would have been refused or ended, and were admitted and recorded instead,"
                + " by method, reason and the end they would have had.");
    this.shadowDifferences =
        made.counter(
            "rolecall.server.shadow.differences",
            "Calls that a shadow policy would have decided otherwise, by method, decision, the"
                + " shadow's answer and its rule.");
    this.callsEnded =
        made.counter(
            "rolecall.calls.ended",
            "Calls ended by the guard after they were admitted, by reason.");
    this.policyReloads =
        made.counter("rolecall.policy.reloads", "Changes of the access policy, by result.");
    this.auditRecords =
        made.counter("rolecall.audit.records", "Decisions to be recorded, by whether they were.");
  }

  /**
   * A call was decided.
   *
   * @param method a registered method's full name, or {@code other}
   * @param decision {@code allowed}, {@code public}, {@code admitted_instead_of_refused} or a
   *     reason's label
   * @param rule the rule's name, or {@code none}
   */
  public void decided(String method, String decision, String rule) {
    decided(decisionLabels(method, decision, rule));
  }

  /** A call was decided; {@code labels} are {@link #decisionLabels} that its caller has kept. */
  public void decided(Attributes labels) {
    decisions.add(1, labels);
  }

  /** The labels of a decision, for what counts the same one often; otherwise as the rest. */
  public Attributes decisionLabels(String method, String decision, String rule) {
    DecisionLabels labels = new DecisionLabels(method, decision, rule);
    Attributes attributes = decisionAttributes.get(labels);
    if (attributes == null) {
      attributes = Attributes.of(METHOD, method, DECISION, decision, RULE, rule);
      if (decisionAttributes.size() < MAX_DECISION_LABELS) {
        decisionAttributes.put(labels, attributes);
      }
    }
    return attributes;
  }

  /** Calls are admitted and recorded from now on: the series exists on such a server alone. */
  public void admittingInstead() {
    admittedInstead.add(0, insteadLabels("other", RefusalReason.CREDENTIAL_MISSING, "refused"));
  }

  /**
   * A call was admitted instead of refused, or went on instead of being ended.
   *
   * @param method a registered method's full name, or {@code other}
   * @param wouldHave {@code refused} or {@code ended}
   */
  public void admittedInstead(String method, RefusalReason reason, String wouldHave) {
    admittedInstead.add(1, insteadLabels(method, reason, wouldHave));
  }

  private static Attributes insteadLabels(String method, RefusalReason reason, String wouldHave) {
    return Attributes.of(METHOD, method, REASON, reason.label(), WOULD_HAVE, wouldHave);
  }

  /**
   * A shadow policy would have decided otherwise, or failed to say.
   *
   * @param method a registered method's full name, or {@code other}
   * @param decision what was decided: {@code allowed}, {@code public} or a reason's label
   * @param shadow the shadow's answer, or {@code failed}
   * @param rule its rule's name, or {@code none}
   */
  public void shadowDiffered(String method, String decision, String shadow, String rule) {
    shadowDifferences.add(
        1, Attributes.of(METHOD, method, DECISION, decision, SHADOW, shadow, RULE, rule));
  }

  /** A call that had been admitted was ended by the guard. */
  public void callEnded(RefusalReason reason) {
    callsEnded.add(1, Attributes.of(REASON, reason.label()));
  }

  /** A policy's file is followed from now on: an alert must see the step from none to one too. */
  public void policyFollowed() {
    policyReloads.add(0, Attributes.of(RESULT, "reloaded"));
    policyReloads.add(0, Attributes.of(RESULT, "rejected"));
  }

  /**
   * The policy's file changed.
   *
   * @param result {@code reloaded} or {@code rejected}
   */
  public void policyReloaded(String result) {
    policyReloads.add(1, Attributes.of(RESULT, result));
  }

  /** The audit log took a record. */
  public void recordWritten() {
    auditRecords.add(1, WRITTEN);
  }

  /** A decision has no record of its own: there were too many of its kind. */
  public void recordLeftOut() {
    auditRecords.add(1, LEFT_OUT);
  }

  /** The audit log had taken these, and could not write them. */
  public void recordsLost(long records) {
    auditRecords.add(records, LOST);
  }

  /** The audit log failed at a record, which is lost. */
  public void recordFailed() {
    auditRecords.add(1, FAILED);
  }
}
