package dev.rolecall.benchmarks.mutual;

import dev.rolecall.benchmarks.fleet.ProcessUsage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * CPU time of this process without the emulated STS, which elsewhere is somebody else's machine.
 *
 * @param nanos so far
 */
record OwnCpu(long nanos) {

  /** The emulator's, and its HTTP server's. */
  private static final String OTHERS = "(sts-emulator-|HTTP-Dispatcher).*";

  static OwnCpu now() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long others = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      // Null where the thread has ended in between.
      if (thread != null && thread.getThreadName().matches(OTHERS)) {
        others += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return new OwnCpu(ProcessUsage.now().cpuNanos() - others);
  }

  double microsSince(OwnCpu earlier) {
    return (nanos - earlier.nanos) / 1e3;
  }
}
