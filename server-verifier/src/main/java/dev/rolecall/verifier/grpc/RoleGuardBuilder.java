package dev.rolecall.verifier.grpc;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.audit.AuditCondition;
import dev.rolecall.verifier.audit.AuditLog;
import dev.rolecall.verifier.metrics.VerifierMetrics;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The options of a {@link RoleGuard}. Not safe for use by several threads at once. */
public final class RoleGuardBuilder {

  static final PeerAttestations NO_CONNECTIONS = transport -> PeerAttestation.none();

  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
  private static final Duration LONGEST_PERIOD = Duration.ofMinutes(1);
  private static final int MOST_SUSPENDED = 1_000_000;

  final CallerVerifier verifier;
  final PolicySource policies;
  final Map<MethodPath, AuditCondition> auditingOf = new HashMap<>();
  PeerAttestations attestations = NO_CONNECTIONS;
  boolean callProofs = true;
  StreamLifetime streamLifetime = StreamLifetime.proof();
  AuditLog auditLog = AuditLog.toLogger();
  AuditCondition auditing = AuditCondition.ON_DENY;
  Clock clock = Clock.systemUTC();
  LongSupplier ticker = System::nanoTime;
  int maxSuspendedCalls = 20_000;
  Duration watchPeriod = Duration.ofSeconds(1);
  private @Nullable PolicySource shadowPolicies;
  private OpenTelemetry telemetry = OpenTelemetry.noop();
  private @Nullable Executor resumeExecutor;
  private @Nullable Executor endExecutor;
  @Nullable ScheduledExecutorService scheduler;

  RoleGuardBuilder(CallerVerifier verifier, PolicySource policies) {
    this.verifier = requireNonNull(verifier, "verifier");
    this.policies = requireNonNull(policies, "policies");
  }

  /**
   * Takes the caller from what the connection's peer showed in the TLS handshake, and from nothing
   * else: a call's {@code authorization} is not looked at, and a connection without an attestation
   * has no caller. Attested TLS calls this; nobody else need.
   */
  public RoleGuardBuilder callersFromConnections(PeerAttestations attestations) {
    this.attestations = requireNonNull(attestations, "attestations");
    this.callProofs = false;
    return this;
  }

  /**
   * The same, but on a connection without an attestation the caller is whom the call's own proof
   * proves.
   */
  public RoleGuardBuilder callersFromConnectionsOrCallProofs(PeerAttestations attestations) {
    callersFromConnections(attestations);
    this.callProofs = true;
    return this;
  }

  /**
   * Asks a second policy beside the one in force, to see what would come of it before it is: where
   * it would have decided otherwise, that is counted as {@code rolecall.server.shadow.differences}
   * and recorded as {@link dev.rolecall.verifier.audit.AuditOutcome.ShadowDiffers}, within the
   * limits of {@link #auditLog} and unless the method's condition is {@link AuditCondition#NONE}.
   * It is never enforced, and one that fails changes nothing but the count. By default there is
   * none.
   *
   * <p>Decisions are compared when a call arrives. Calls that live on are held to the policy in
   * force alone.
   */
  public RoleGuardBuilder shadowPolicy(PolicySource policies) {
    this.shadowPolicies = requireNonNull(policies, "policies");
    return this;
  }

  /** How long an admitted call may last; by default {@link StreamLifetime#proof()}. */
  public RoleGuardBuilder streamLifetime(StreamLifetime streamLifetime) {
    this.streamLifetime = requireNonNull(streamLifetime, "streamLifetime");
    return this;
  }

  /**
   * Where records of decisions go; by default {@link AuditLog#toLogger()}.
   *
   * <p>Of the refusals in one minute the first 10 of a kind are recorded: of a role, method and
   * reason. So are at most 50 of an account, and 200 in all. Callers that are not known have the
   * same limits, by peer address instead of role and account. The rest are counted, and the last of
   * a kind is recorded with that count once the minute is over. The log of refusals has the same
   * limits. Records of admitted calls, and of their ends, have none.
   */
  public RoleGuardBuilder auditLog(AuditLog auditLog) {
    this.auditLog = requireNonNull(auditLog, "auditLog");
    return this;
  }

  /**
   * Which decisions are recorded; by default {@link AuditCondition#ON_DENY}, because a line for
   * each call that is let through costs many times what the decision does.
   */
  public RoleGuardBuilder auditing(AuditCondition condition) {
    this.auditing = requireNonNull(condition, "condition");
    return this;
  }

  /** Which decisions about one method are recorded, whatever the others' condition. */
  public RoleGuardBuilder auditing(MethodPath method, AuditCondition condition) {
    auditingOf.put(requireNonNull(method, "method"), requireNonNull(condition, "condition"));
    return this;
  }

  /** Where metrics go; by default nowhere. */
  public RoleGuardBuilder openTelemetry(OpenTelemetry telemetry) {
    this.telemetry = requireNonNull(telemetry, "telemetry");
    return this;
  }

  /** The clock that proofs are held against; by default the system's. */
  public RoleGuardBuilder clock(Clock clock) {
    this.clock = requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Elapsed time in nanoseconds, beside the clock: what has lapsed by it stays lapsed when the
   * clock is set back. By default {@link System#nanoTime}.
   */
  public RoleGuardBuilder ticker(LongSupplier nanoseconds) {
    this.ticker = requireNonNull(nanoseconds, "nanoseconds");
    return this;
  }

  /**
   * Runs application code: the start of handlers whose call had to wait for its verdict, and what
   * handlers do when their call is ended. By default up to 512 threads of the guard's own, one for
   * each start that blocks. Best the executor of the server; never one that runs a task on the
   * thread that hands it over, which may be the STS client's. Calls are ended on other threads.
   */
  public RoleGuardBuilder resumeExecutor(Executor executor) {
    this.resumeExecutor = requireNonNull(executor, "executor");
    return this;
  }

  /** What closes calls that are ended, for tests. */
  RoleGuardBuilder endExecutor(Executor executor) {
    this.endExecutor = requireNonNull(executor, "executor");
    return this;
  }

  /** Times the walks over the live calls; by default one thread of the guard's own. */
  public RoleGuardBuilder scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    return this;
  }

  /**
   * How often live calls are looked over, and so how late a call may be ended: 10 milliseconds to a
   * minute, by default one second. A change of policy does not wait for it.
   *
   * @throws IllegalArgumentException if the period is out of that range
   */
  public RoleGuardBuilder watchPeriod(Duration period) {
    requireNonNull(period, "period");
    if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
      throw new IllegalArgumentException(
          "watch period: "
              + period
              + " (expected: "
              + SHORTEST_PERIOD
              + " to "
              + LONGEST_PERIOD
              + ")");
    }
    this.watchPeriod = period;
    return this;
  }

  /**
   * How many calls may wait for a verdict at once: 1 to 1,000,000, by default 20,000, which is more
   * than a verifier of all defaults lets wait. One that is cancelled leaves its place. Further
   * calls are refused with {@code RESOURCE_EXHAUSTED}.
   *
   * @throws IllegalArgumentException if the number is out of that range
   */
  public RoleGuardBuilder maxSuspendedCalls(int calls) {
    if (calls < 1 || calls > MOST_SUSPENDED) {
      throw new IllegalArgumentException(
          "suspended calls: " + calls + " (expected: 1 to " + MOST_SUSPENDED + ")");
    }
    this.maxSuspendedCalls = calls;
    return this;
  }

  /** The guard. Its watch over live calls starts now. */
  public RoleGuard build() {
    return new RoleGuard(this, GuardThreads.of(resumeExecutor, endExecutor, scheduler));
  }

  VerifierMetrics metrics() {
    return new VerifierMetrics(telemetry);
  }

  DecisionJournal journal(VerifierMetrics metrics) {
    return new DecisionJournal(
        clock,
        metrics,
        auditLog,
        shadowPolicies == null ? null : new ShadowPolicy(shadowPolicies, metrics));
  }
}
