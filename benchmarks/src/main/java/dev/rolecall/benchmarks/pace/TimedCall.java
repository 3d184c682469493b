package dev.rolecall.benchmarks.pace;

import static java.util.Objects.requireNonNull;

import io.grpc.Status;

/**
 * One call that is over.
 *
 * @param due when it was to begin, in nanoseconds of {@link System#nanoTime}; if it began late, so
 *     much the worse for its time: a server that stalls must not be spared the calls of that while
 * @param end when its status came
 * @param code its status
 */
public record TimedCall(long due, long end, Status.Code code) {

  /** Refuses absent parts. */
  public TimedCall {
    requireNonNull(code, "code");
  }

  boolean isAnswered() {
    return code == Status.Code.OK;
  }

  long nanos() {
    return end - due;
  }

  /** Whether any of it lay between those times. */
  boolean touches(long from, long to) {
    return due <= to && end >= from;
  }
}
