package dev.rolecall.guard;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The closes of the calls that one walk has shut. A few threads take them in turn. With a thread
 * for each, closes would take the processor from the walks of other guards, which have calls to
 * shut at the same instant. Those walks are over soon: closes that take longer get more threads.
 *
 * <p>For the thread that walks. Throws nothing but for want of memory, and can then be asked again.
 */
final class Closes {

  static final int THREADS = 4;

  /** The closes of fewer calls keep no walk waiting. */
  static final int MANY = 250;

  /** As many as a runtime has: more would only wait for these. */
  static final int MOST_THREADS = 64;

  private static final long SLOW = Duration.ofMillis(500).toNanos();

  private final Supervisor supervisor;
  private final Executor ends;
  private final LongSupplier ticker;

  /** Those that the walk visits, which those that it has shut replace from the first on. */
  private final List<AdmittedCall<?>> calls;

  private final AtomicInteger next = new AtomicInteger();
  private int shut;
  private int nextBefore;
  private int threads;
  private long addedAt;

  /** The closes of none yet, and room for all those calls. */
  Closes(AccessRuntime runtime, List<AdmittedCall<?>> visited) {
    this.supervisor = runtime.supervisor();
    this.ends = runtime.ends();
    this.ticker = runtime.ticker();
    this.calls = requireNonNull(visited, "visited");
  }

  /**
   * Adds a call that was shut while idle, in the place of one that was visited: a call that is shut
   * must not be lost for want of memory.
   */
  void add(AdmittedCall<?> call) {
    calls.set(shut, call);
    shut++;
  }

  /** Whether they are worth a pause before they begin. */
  boolean areMany() {
    return shut >= MANY;
  }

  /**
   * Begins once all are added. After that, adds threads if no close has begun since the last time,
   * since one that does not return holds its thread; or if they have taken half a second. Closes
   * all here if the threads of ends take none.
   *
   * @return false if no call is left to close
   */
  boolean goOn() {
    if (shut < calls.size()) {
      calls.subList(shut, calls.size()).clear();
    }
    int now = next.get();
    long ticks = ticks();
    if (now == nextBefore || ticks - addedAt >= SLOW) {
      addThreads(Math.min(shut - now, MOST_THREADS - threads));
      addedAt = ticks;
    }
    nextBefore = now;
    return next.get() < shut;
  }

  /** Now; without a ticker that tells, the time at which closes count as slow. */
  private long ticks() {
    try {
      return ticker.getAsLong();
    } catch (RuntimeException | Error e) {
      supervisor.caught(SupervisedTask.CALL_END.label(), e);
      return addedAt + SLOW;
    }
  }

  private void addThreads(int most) {
    for (int i = Math.min(THREADS, most); i > 0; i--) {
      threads++;
      supervisor.execute(ends, SupervisedTask.CALL_END.label(), this::closeRest);
    }
  }

  private void closeRest() {
    for (int i = next.getAndIncrement(); i < shut; i = next.getAndIncrement()) {
      supervisor.run(SupervisedTask.CALL_END.label(), calls.get(i)::finishHere);
    }
  }
}
