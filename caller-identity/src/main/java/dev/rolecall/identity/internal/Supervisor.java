package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs tasks, periodic ones and those that follow an event, so that nothing they throw ends them:
 * an exception or an {@code Error} is logged once a kind, counted, and the task comes again. A
 * scheduler of the JDK drops a periodic task that threw, in silence; so every task of Rolecall is
 * handed to a scheduler or an executor here, and nowhere else.
 *
 * <p>Safe for use by many threads. Does not block.
 */
public final class Supervisor {

  private final DefectLog log;
  private final Consumer<String> counter;

  /**
   * A supervisor.
   *
   * @param logger is told of each kind of failure once, at ERROR, without the failure's message
   * @param counter is told the task's name each time; what it throws is logged like the rest
   */
  public Supervisor(System.Logger logger, Consumer<String> counter) {
    this.log = new DefectLog(logger);
    this.counter = requireNonNull(counter, "counter");
  }

  /**
   * Logs and counts what a task threw. Throws nothing.
   *
   * @param task a word of a closed set, which is the metric's label
   */
  public void caught(String task, Throwable thrown) {
    log.write(thrown);
    try {
      counter.accept(task);
    } catch (Throwable e) {
      // Going on is safe: the count is lost, and the log says so.
      log.write(e);
    }
  }

  /** Runs the action here. Throws nothing. */
  public void run(String task, Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      caught(task, e);
    }
  }

  /**
   * Takes the actions from the queue, in order, and runs each here, whatever those before it throw.
   * Of several calls at once, one runs an action. Throws nothing.
   *
   * @param actions a queue for many threads
   */
  public void runAll(String task, Queue<Runnable> actions) {
    for (Runnable each = actions.poll(); each != null; each = actions.poll()) {
      run(task, each);
    }
  }

  /** The action as a task that throws nothing. */
  public Runnable supervised(String task, Runnable action) {
    requireNonNull(action, "action");
    return () -> run(task, action);
  }

  /**
   * Runs the action on the executor; on this thread if the executor does not take it, because it
   * has been shut down or has no thread to be had. Runs it once in any case. Throws nothing.
   */
  public void execute(Executor executor, String task, Runnable action) {
    executeOr(executor, task, action, action);
  }

  /**
   * Runs the action on the executor; if the executor does not take it, runs {@code instead} on this
   * thread. Runs one of them, once. Throws nothing.
   */
  public void executeOr(Executor executor, String task, Runnable action, Runnable instead) {
    HandedOver handed = new HandedOver(this, task, action);
    Throwable refused = handed.to(executor);
    if (refused != null && handed.takeBack(refused)) {
      run(task, instead);
    }
  }

  /**
   * Offers the action to the executor. Throws nothing.
   *
   * @return false if the executor did not take it, and will not run it
   */
  public boolean offer(Executor executor, String task, Runnable action) {
    HandedOver handed = new HandedOver(this, task, action);
    Throwable refused = handed.to(executor);
    return refused == null || !handed.takeBack(refused);
  }

  /**
   * An executor that runs on the thread that brings a task what the other does not take. What a
   * task throws is logged and counted.
   */
  public Executor orHere(Executor executor, String task) {
    requireNonNull(executor, "executor");
    return action -> execute(executor, task, action);
  }

  /** Runs the action at a fixed rate, for the first time after one period. */
  public ScheduledFuture<?> every(
      Duration period, ScheduledExecutorService scheduler, String task, Runnable action) {
    long nanos = period.toNanos();
    return scheduler.scheduleAtFixedRate(
        supervised(task, action), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs the action again and again, with that pause before each time. */
  public ScheduledFuture<?> pausing(
      Duration pause, ScheduledExecutorService scheduler, String task, Runnable action) {
    long nanos = pause.toNanos();
    return scheduler.scheduleWithFixedDelay(
        supervised(task, action), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs the action once, after that time. */
  public ScheduledFuture<?> after(
      Duration delay, ScheduledExecutorService scheduler, String task, Runnable action) {
    return scheduler.schedule(supervised(task, action), delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
