package dev.rolecall.benchmarks.load;

import dev.rolecall.benchmarks.fleet.ProcessUsage;

/**
 * What happened in a stretch of time.
 *
 * @param calls how many calls ended, all of them with OK
 * @param nanos how long it took
 * @param client what the client's process used
 * @param server what the server's process used
 */
record Slice(long calls, long nanos, ProcessUsage client, ProcessUsage server) {

  /** Both together. */
  Slice plus(Slice other) {
    return new Slice(
        calls + other.calls,
        nanos + other.nanos,
        sum(client, other.client),
        sum(server, other.server));
  }

  /** That amount, shared out among the calls. */
  double perCall(long amount) {
    return (double) amount / calls;
  }

  private static ProcessUsage sum(ProcessUsage one, ProcessUsage other) {
    return new ProcessUsage(
        one.cpuNanos() + other.cpuNanos(), one.allocatedBytes() + other.allocatedBytes());
  }
}
