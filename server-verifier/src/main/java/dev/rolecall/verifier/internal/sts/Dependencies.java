package dev.rolecall.verifier.internal.sts;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.verifier.internal.http.StsTransport;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The parts that a client works with.
 *
 * @param transport carries a request
 * @param retries how often and how long
 * @param log is told how each request ended
 * @param runtime dates the client's own questions, reads answers, and times attempts and pauses
 */
record Dependencies(
    StsTransport transport, RetryPolicy retries, StsLog log, AccessRuntime runtime) {

  Dependencies {
    requireNonNull(transport, "transport");
    requireNonNull(retries, "retries");
    requireNonNull(log, "log");
    requireNonNull(runtime, "runtime");
  }

  Dependencies(StsTransport transport, RetryPolicy retries, AccessRuntime runtime) {
    this(transport, retries, new StsLog(new StsMetrics(runtime.telemetry())), runtime);
  }

  Clock clock() {
    return runtime.clock();
  }

  LongSupplier ticker() {
    return runtime.ticker();
  }

  Executor executor() {
    return runtime.lookUps();
  }

  ScheduledExecutorService scheduler() {
    return runtime.timer();
  }

  RandomGenerator random() {
    return runtime.random();
  }

  Supervisor supervisor() {
    return runtime.supervisor();
  }

  /**
   * Runs the action on the executor after that time, or {@code instead} if the executor does not
   * take it then. Throws if nothing can be timed now.
   */
  void executeAfter(Duration time, String task, Runnable action, Runnable instead) {
    var unused =
        supervisor()
            .after(
                time,
                scheduler(),
                task,
                () -> supervisor().executeOr(executor(), task, action, instead));
  }
}
