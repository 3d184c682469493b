package dev.rolecall.benchmarks.pace;

import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Makes so many calls a second from a thread of its own, and waits for none of them before the next
 * (an open loop, as many independent callers are). Ends with {@link #stop}.
 */
public final class SteadyCalls {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  /** A server that owes so many answers gets no more calls: they count as cancelled. */
  private static final int MOST_UNDER_WAY = 20_000;

  private final long interval;
  private final List<? extends Caller> callers;
  private final Queue<TimedCall> over = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Thread thread;
  private volatile boolean stopped;

  /** One who calls. */
  @FunctionalInterface
  public interface Caller {

    /**
     * Begins a call and returns at once.
     *
     * @param over told the call's status once; the call must end by itself, by a deadline
     */
    void call(Consumer<Status> over);
  }

  private SteadyCalls(int perSecond, List<? extends Caller> callers) {
    this.interval = SECOND / perSecond;
    this.callers = List.copyOf(callers);
    this.thread = new Thread(this::make, "steady-calls");
    thread.setDaemon(true);
  }

  /** Starts to make that many calls a second, by each caller in turn. */
  public static SteadyCalls start(int perSecond, List<? extends Caller> callers) {
    SteadyCalls calls = new SteadyCalls(perSecond, callers);
    calls.thread.start();
    return calls;
  }

  private void make() {
    long due = System.nanoTime();
    for (int i = 0; !stopped; i++) {
      Pause.until(due);
      begin(callers.get(i % callers.size()), due);
      due += interval;
    }
  }

  private void begin(Caller caller, long due) {
    if (underWay.get() >= MOST_UNDER_WAY) {
      over.add(new TimedCall(due, System.nanoTime(), Status.Code.CANCELLED));
      return;
    }
    underWay.incrementAndGet();
    caller.call(
        status -> {
          over.add(new TimedCall(due, System.nanoTime(), status.getCode()));
          underWay.decrementAndGet();
        });
  }

  /**
   * Stops, waits for the calls under way, and says how all of them went.
   *
   * @throws IllegalStateException if one does not end within half a minute
   */
  public CallTimes stop() throws InterruptedException {
    stopped = true;
    thread.join();
    long patientUntil = System.nanoTime() + PATIENCE;
    while (underWay.get() > 0) {
      if (System.nanoTime() - patientUntil > 0) {
        throw new IllegalStateException(underWay.get() + " calls did not end");
      }
      Pause.of(LOOK_AGAIN);
    }
    return new CallTimes(over);
  }
}
