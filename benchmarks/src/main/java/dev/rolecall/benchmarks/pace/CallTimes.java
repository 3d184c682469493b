package dev.rolecall.benchmarks.pace;

import io.grpc.Status;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls that are over, and how long they took. Immutable. */
public final class CallTimes {

  private final List<TimedCall> calls;
  private final long[] sorted;

  /** Those calls, in any order. */
  public CallTimes(Collection<TimedCall> calls) {
    this.calls = List.copyOf(calls);
    this.sorted = this.calls.stream().mapToLong(TimedCall::nanos).sorted().toArray();
  }

  /** How many there were. */
  public int made() {
    return calls.size();
  }

  /** How many were answered. */
  public int answered() {
    return (int) calls.stream().filter(TimedCall::isAnswered).count();
  }

  /** Which part of them was answered: 0 to 1. */
  public double answeredShare() {
    return (double) answered() / made();
  }

  /** How many ended with each code but OK. */
  public Map<Status.Code, Integer> failures() {
    Map<Status.Code, Integer> failures = new TreeMap<>();
    for (TimedCall call : calls) {
      if (!call.isAnswered()) {
        failures.merge(call.code(), 1, Integer::sum);
      }
    }
    return failures;
  }

  /**
   * The time within which that share of the calls was over. One that was not answered took until
   * its caller gave up.
   *
   * @param share over 0, at most 1
   * @throws IllegalStateException if there was no call
   */
  public Duration within(double share) {
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException("share: " + share + " (expected: over 0, at most 1)");
    }
    if (sorted.length == 0) {
      throw new IllegalStateException("calls: 0 (expected: at least 1)");
    }
    return Duration.ofNanos(sorted[(int) Math.ceil(share * sorted.length) - 1]);
  }

  /** The time of the slowest. */
  public Duration slowest() {
    return within(1);
  }

  /** Those that were to begin at that time or later. */
  public CallTimes since(long from) {
    return new CallTimes(calls.stream().filter(call -> call.due() >= from).toList());
  }

  /** Those of which any part lay in that window. */
  public CallTimes in(Window window) {
    return new CallTimes(
        calls.stream().filter(call -> call.touches(window.from(), window.to())).toList());
  }

  /** Those of which no part lay in any of the windows. */
  public CallTimes outside(Collection<Window> windows) {
    return new CallTimes(
        calls.stream()
            .filter(call -> windows.stream().noneMatch(w -> call.touches(w.from(), w.to())))
            .toList());
  }

  /**
   * A stretch of time, in nanoseconds of {@link System#nanoTime}.
   *
   * @param to not before {@code from}
   */
  public record Window(long from, long to) {

    /** Checks the order. */
    public Window {
      if (to - from < 0) {
        throw new IllegalArgumentException("window: ends before it begins");
      }
    }

    /** As long, and right after it. */
    public Window next() {
      return new Window(to, to + (to - from));
    }
  }
}
