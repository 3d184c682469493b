package dev.rolecall.verifier.metrics;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.identity.internal.DefectLog;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.LongCounterBuilder;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The instruments of the meter {@code rolecall}. Labels come from closed sets: reasons, results,
 * regions of the endpoint table, STS error codes this package knows, registered methods and the
 * names of rules; never an ARN, a session or a host that a peer chose.
 */
public final class VerifierMetrics {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final AttributeKey<String> CACHE = AttributeKey.stringKey("cache");
  private static final AttributeKey<String> REGION = AttributeKey.stringKey("region");
  private static final AttributeKey<String> CODE = AttributeKey.stringKey("code");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("grpc.method");
  private static final AttributeKey<String> DECISION = AttributeKey.stringKey("decision");
  private static final AttributeKey<String> RULE = AttributeKey.stringKey("rule");
  private static final AttributeKey<String> SHADOW = AttributeKey.stringKey("shadow");
  private static final AttributeKey<String> TASK = AttributeKey.stringKey("task");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

  // Made once: whoever sends unknown proofs has these counted for each.
  private static final Attributes VERIFIED_HIT = Attributes.of(CACHE, "verified", RESULT, "hit");
  private static final Attributes VERIFIED_MISS = Attributes.of(CACHE, "verified", RESULT, "miss");
  private static final Attributes REFUSED_HIT = Attributes.of(CACHE, "refused", RESULT, "hit");
  private static final Attributes REFUSED_MISS = Attributes.of(CACHE, "refused", RESULT, "miss");

  private static final Attributes WRITTEN = Attributes.of(RESULT, "written");
  private static final Attributes LEFT_OUT = Attributes.of(RESULT, "left_out");
  private static final Attributes FAILED = Attributes.of(RESULT, "failed");

  /** Policies come and go with their rules' names; this many sets of labels are kept ready. */
  private static final int MAX_DECISION_LABELS = 4_096;

  /**
   * In seconds, as OpenTelemetry's conventions have them for requests; its SDK's own default is
   * made for milliseconds.
   */
  private static final List<Double> BUCKETS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  private record DecisionLabels(String method, String decision, String rule) {}

  /** Every call is counted, and making a set of attributes sorts and copies. */
  private final Map<DecisionLabels, Attributes> decisionAttributes = new ConcurrentHashMap<>();

  /** What an instrument throws is logged once a kind, and changes nothing else. */
  private final DefectLog defects =
      new DefectLog(System.getLogger(VerifierMetrics.class.getPackageName()));

  private final SteadyHistogram verificationDuration;
  private final SteadyHistogram stsRequestDuration;
  private final SteadyCounter stsCircuitChanges;
  private final SteadyCounter cacheLookups;
  private final SteadyCounter decisions;
  private final SteadyCounter shadowDifferences;
  private final SteadyCounter callsEnded;
  private final SteadyCounter policyReloads;
  private final SteadyCounter taskFailures;
  private final SteadyCounter auditRecords;

  /** Declares the instruments. */
  public VerifierMetrics(OpenTelemetry telemetry) {
    Meter meter = telemetry.getMeter("rolecall");
    this.verificationDuration =
        steady(
            meter
                .histogramBuilder("rolecall.server.verification.duration")
                .setUnit("s")
                .setDescription("Time from a proof that had to be looked up to its verdict.")
                .setExplicitBucketBoundariesAdvice(BUCKETS));
    this.stsRequestDuration =
        steady(
            meter
                .histogramBuilder("rolecall.sts.request.duration")
                .setUnit("s")
                .setDescription("Time of one request to STS, by Region and error code.")
                .setExplicitBucketBoundariesAdvice(BUCKETS));
    this.stsCircuitChanges =
        steady(
            meter
                .counterBuilder("rolecall.sts.circuit.changes")
                .setDescription("Endpoints of STS no longer asked, or asked again, by Region."));
    this.cacheLookups =
        steady(
            meter
                .counterBuilder("rolecall.cache.lookups")
                .setDescription("Look-ups in a cache, by cache and result."));
    this.decisions =
        steady(
            meter
                .counterBuilder("rolecall.server.decisions")
                .setDescription("Calls decided, by method, decision and rule."));
    this.shadowDifferences =
        steady(
            meter
                .counterBuilder("rolecall.server.shadow.differences")
                .setDescription(
                    "Calls that a shadow policy would have decided otherwise, by method, decision, the"
                        + " shadow's answer and its rule."));
    this.callsEnded =
        steady(
            meter
                .counterBuilder("rolecall.calls.ended")
                .setDescription("Calls ended by the guard after they were admitted, by reason."));
    this.policyReloads =
        steady(
            meter
                .counterBuilder("rolecall.policy.reloads")
                .setDescription("Changes of the access policy, by result."));
    this.auditRecords =
        steady(
            meter
                .counterBuilder("rolecall.audit.records")
                .setDescription("Decisions to be recorded, by whether they were."));
    this.taskFailures =
        steady(
            meter
                .counterBuilder("rolecall.task.failures")
                .setDescription(
                    "Exceptions and errors that a task of the guard or the verifier threw, by task;"
                        + " it goes on."));
  }

  private SteadyCounter steady(LongCounterBuilder counter) {
    return new SteadyCounter(counter.build(), defects);
  }

  private SteadyHistogram steady(DoubleHistogramBuilder histogram) {
    return new SteadyHistogram(histogram.build(), defects);
  }

  /**
   * A look-up came to a verdict.
   *
   * @param result {@code verified}, or a reason's label
   */
  public void verified(Duration took, String result) {
    verificationDuration.record(seconds(took), Attributes.of(RESULT, result));
  }

  /**
   * One request to STS ended.
   *
   * @param code {@code ok}, an STS error code that this module knows, or a word of its own for a
   *     failure without one; never text from an answer
   */
  public void stsAnswered(Duration took, String region, String code) {
    stsRequestDuration.record(seconds(took), Attributes.of(REGION, region, CODE, code));
  }

  /**
   * An endpoint's circuit changed its state.
   *
   * @param state {@code opened} or {@code closed}
   */
  public void stsCircuitChanged(String region, String state) {
    stsCircuitChanges.add(1, Attributes.of(REGION, region, STATE, state));
  }

  /** The cache of verified proofs was asked. */
  public void verifiedLookedUp(boolean hit) {
    cacheLookups.add(1, hit ? VERIFIED_HIT : VERIFIED_MISS);
  }

  /** The cache of refused proofs was asked. */
  public void refusedLookedUp(boolean hit) {
    cacheLookups.add(1, hit ? REFUSED_HIT : REFUSED_MISS);
  }

  /**
   * A call was decided.
   *
   * @param method a registered method's full name, or {@code other}
   * @param decision {@code allowed}, {@code public} or a reason's label
   * @param rule the rule's name, or {@code none}
   */
  public void decided(String method, String decision, String rule) {
    decided(decisionLabels(method, decision, rule));
  }

  /** A call was decided; {@code labels} are {@link #decisionLabels} that its caller has kept. */
  public void decided(Attributes labels) {
    decisions.add(1, labels);
  }

  /** The labels of a decision, for whoever counts the same one often; otherwise as the rest. */
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

  /**
   * A policy's file is followed from now on. Whoever watches for an increase must see the step from
   * none to one too.
   */
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

  /** The audit log failed at a record, which is lost. */
  public void recordFailed() {
    auditRecords.add(1, FAILED);
  }

  /** Tasks run from now on: an alert must see the step from none to one. */
  public void supervising(SupervisedTask... tasks) {
    for (SupervisedTask task : tasks) {
      taskFailures.add(0, Attributes.of(TASK, task.label()));
    }
  }

  /**
   * A task threw, and goes on.
   *
   * @param task a {@link SupervisedTask#label}
   */
  public void taskFailed(String task) {
    taskFailures.add(1, Attributes.of(TASK, task));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
