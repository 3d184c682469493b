package dev.rolecall.decisions;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import io.grpc.BindableService;
import java.time.Instant;
import java.util.Map;

/**
 * A feed of what a guarded server decides: counts by method, outcome and reason; the last refusals,
 * ends and differences of a shadow policy; the different calls of the last hour. It keeps them in
 * memory, within {@link FeedBounds}, and gives them by the gRPC service {@code
 * rolecall.decisions.v1.Decisions}.
 *
 * <p>A guard feeds it by its audit rules: see {@link #beside}. The service goes on the same server,
 * behind the same guard. No caller may use it until the policy allows {@code
 * /rolecall.decisions.v1.Decisions/WatchDecisions} and {@code
 * /rolecall.decisions.v1.Decisions/ListCalls}: who reads them learns the callers, their claims and
 * their addresses.
 *
 * <p>Safe for use by many threads. Its close ends the streams; close it before the server stops,
 * which would wait for them.
 */
public final class DecisionFeed implements AutoCloseable {

  private final AccessRuntime runtime;
  private final DecisionTally tally;
  private final Watchers watchers;
  private final DecisionsService service;

  private DecisionFeed(AccessRuntime runtime, FeedBounds bounds) {
    String task = SupervisedTask.DECISION_RECORD.label();
    Instant since = runtime.clock().instant();
    this.runtime = runtime;
    this.tally =
        DecisionTally.within(
            bounds, sweep -> runtime.supervisor().execute(runtime.application(), task, sweep));
    this.watchers = new Watchers(runtime, bounds.watchers());
    this.service =
        new DecisionsService(
            tally,
            watchers,
            new CallPages(tally.calls(), runtime.clock(), since, runtime.random().nextLong()),
            runtime.clock(),
            since);
  }

  /** A feed within the default bounds. */
  public static DecisionFeed open(AccessRuntime runtime) {
    return open(runtime, FeedBounds.ofDefaults());
  }

  /**
   * A feed that begins now.
   *
   * @param runtime has the clock and the threads; the one of the guard will do. The feed neither
   *     owns nor closes it
   */
  public static DecisionFeed open(AccessRuntime runtime, FeedBounds bounds) {
    requireNonNull(runtime, "runtime");
    return new DecisionFeed(runtime, requireNonNull(bounds, "bounds"));
  }

  /**
   * Rules for a guard that feeds this, too. The log of the given rules gets the records that they
   * cover, and no others; it is closed with the guard.
   *
   * <p>With them the guard makes a record of each call that it admits, and counts it as {@code
   * rolecall.audit.records} whether the log gets it or not. Several guards may feed one feed.
   */
  public AuditRules beside(AuditRules rules) {
    return new AuditRules(
        new FeedLog(tally, rules, runtime.supervisor()),
        AuditCondition.BOTH,
        Map.of(),
        rules.requests());
  }

  /** The service, to be added to the guarded server. */
  public BindableService service() {
    return service;
  }

  /** Ends the streams, and refuses later ones. Records are still counted. */
  @Override
  public void close() {
    watchers.close();
  }
}
