package dev.rolecall.verifier.sts;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Supervisor;
import java.time.Clock;
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
}
