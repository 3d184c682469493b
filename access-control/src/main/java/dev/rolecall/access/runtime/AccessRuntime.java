package dev.rolecall.access.runtime;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.internal.metrics.TaskFailures;
import dev.rolecall.identity.internal.Supervisor;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The clock, threads, randomness and telemetry of one guard, given once and handed down to all of
 * its parts. What the guard is built with it owns, and closes.
 *
 * <p>Safe for use by many threads. Threads that are made here are daemons, and start when there is
 * work.
 */
public final class AccessRuntime implements AutoCloseable {

  private final Clock clock;
  private final LongSupplier ticker;
  private final RandomGenerator random;
  private final OpenTelemetry telemetry;
  private final RuntimeThreads threads;
  private final TaskFailures failures;
  private final Supervisor supervisor;
  private final AtomicBoolean owned = new AtomicBoolean();

  private AccessRuntime(Builder options) {
    this.clock = options.clock;
    this.ticker = options.ticker;
    this.random = options.random;
    this.telemetry = options.telemetry;
    this.failures = new TaskFailures(telemetry);
    this.supervisor = new Supervisor(System.getLogger("rolecall.access"), failures::count);
    this.threads =
        RuntimeThreads.of(options.lookUps, options.application, options.ends, options.scheduler);
  }

  /** A runtime of all defaults: the system's clock and ticker, threads made here, no telemetry. */
  public static AccessRuntime ofDefaults() {
    return builder().build();
  }

  /** Options of a runtime. */
  public static Builder builder() {
    return new Builder();
  }

  /** Wall time. */
  public Clock clock() {
    return clock;
  }

  /** Elapsed time in nanoseconds, from any origin. */
  public LongSupplier ticker() {
    return ticker;
  }

  /** Draws pauses; safe for use by many threads. */
  public RandomGenerator random() {
    return random;
  }

  /** Where metrics go. */
  public OpenTelemetry telemetry() {
    return telemetry;
  }

  /** Begins and ends look-ups: nothing on it blocks. */
  public Executor lookUps() {
    return threads.lookUps();
  }

  /** Runs application code, which may take its time: the late start of handlers, cancel events. */
  public Executor application() {
    return threads.application();
  }

  /** Closes calls. */
  public Executor ends() {
    return threads.ends();
  }

  /** Times what hands over at once, such as the timeout of a look-up. */
  public ScheduledExecutorService timer() {
    return threads.timer();
  }

  /** Times the walks over live calls, and does them. */
  public ScheduledExecutorService walks() {
    return threads.walks();
  }

  /** Hands tasks to all of these, so that nothing a task throws ends the tasks after it. */
  @SuppressWarnings("exports") // for the modules of Rolecall, which see the type
  public Supervisor supervisor() {
    return supervisor;
  }

  /** Tasks of those kinds run from now on: an alert must see the step from none to one. */
  @SuppressWarnings("exports") // for the modules of Rolecall, which see the type
  public void supervising(SupervisedTask... tasks) {
    failures.declare(tasks);
  }

  /** A task that runs elsewhere threw, and goes on. */
  public void countFailure(String task) {
    failures.count(task);
  }

  /**
   * An executor of one thread for each task, which may wait for the network. Tasks that come after
   * the end run on the thread that brings them.
   *
   * @param name the threads' name, before their number
   */
  public Executor newWaiters(String name) {
    return threads.newWaiters(name);
  }

  /**
   * Takes the runtime for its one owner, who closes it: a second guard would live on without the
   * threads that end its calls.
   *
   * @throws IllegalStateException if it has an owner
   */
  public void own() {
    if (!owned.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "runtime: it has an owner, who closes it (expected: a runtime for each owner)");
    }
  }

  /**
   * Ends the threads that were made here once their tasks are done; executors that were given are
   * left running. Does not wait.
   */
  @Override
  public void close() {
    threads.close();
  }

  /** Options of {@link AccessRuntime}. Not safe for use by several threads at once. */
  public static final class Builder {

    private Clock clock = Clock.systemUTC();
    private LongSupplier ticker = System::nanoTime;
    private RandomGenerator random = new Random();
    private OpenTelemetry telemetry = OpenTelemetry.noop();
    private @Nullable Executor lookUps;
    private @Nullable Executor application;
    private @Nullable Executor ends;
    private @Nullable ScheduledExecutorService scheduler;

    private Builder() {}

    /** Wall time: the system's by default. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Elapsed time in nanoseconds, beside the clock: what has lapsed by it stays lapsed when the
     * clock is set back. {@link System#nanoTime} by default.
     */
    public Builder ticker(LongSupplier nanoseconds) {
      this.ticker = requireNonNull(nanoseconds, "nanoseconds");
      return this;
    }

    /** Draws the pauses before retries, and those callers are told; used by many threads. */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /** Where metrics go: nowhere by default. */
    public Builder openTelemetry(OpenTelemetry telemetry) {
      this.telemetry = requireNonNull(telemetry, "telemetry");
      return this;
    }

    /** Where look-ups begin and end: two threads by default. One given here is left running. */
    public Builder lookUpExecutor(Executor executor) {
      this.lookUps = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Runs application code: the start of handlers whose call had to wait for its verdict, and what
     * handlers do when their call is ended. By default up to 512 threads, one for each start that
     * blocks. Best the executor of the server; never one that runs a task on the thread that hands
     * it over, which may be a look-up's. Calls are ended on other threads.
     */
    public Builder applicationExecutor(Executor executor) {
      this.application = requireNonNull(executor, "executor");
      return this;
    }

    /** Closes calls that are ended: up to 64 threads by default. Nothing on it may block. */
    public Builder endExecutor(Executor executor) {
      this.ends = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Times look-ups, and the walks over live calls: one thread each by default. One given here is
     * left running, and must have a thread free within the watch period.
     */
    public Builder scheduler(ScheduledExecutorService scheduler) {
      this.scheduler = requireNonNull(scheduler, "scheduler");
      return this;
    }

    /** The runtime. Whatever is built with it closes it. */
    public AccessRuntime build() {
      return new AccessRuntime(this);
    }
  }
}
