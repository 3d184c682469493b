package dev.rolecall.benchmarks.load;

import dev.rolecall.benchmarks.fleet.ProcessUsage;

/**
 * The calls and the usage of one stretch of time.
 *
 * @param calls the number of calls that ended, all of them with OK
 * @param nanos its length
 * @param client the usage of the client's process
 * @param server the usage of the server's process
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
