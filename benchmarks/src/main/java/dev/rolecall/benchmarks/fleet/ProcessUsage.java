package dev.rolecall.benchmarks.fleet;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What a process has used so far.
 *
 * <p>The CPU time is the whole process's: of its compiler and collector threads too. The bytes are
 * those allocated on the heap by the Java threads that live now, gRPC's own included: JDK 17 has no
 * sum over all threads, so one that has ended since is missing. What is measured with it runs on
 * threads that last.
 *
 * @param cpuNanos CPU time in nanoseconds
 * @param allocatedBytes bytes allocated, whether or not they have been freed since
 */
public record ProcessUsage(long cpuNanos, long allocatedBytes) {

  /** This process's. */
  public static ProcessUsage now() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    // A thread that ended in between has -1.
    long allocated =
        Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
            .filter(bytes -> bytes > 0)
            .sum();
    return new ProcessUsage(process.getProcessCpuTime(), allocated);
  }

  /** The inverse of {@link #text}. */
  public static ProcessUsage parse(String text) {
    String[] parts = text.split(" ", -1);
    return new ProcessUsage(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  /** Two numbers in one line. */
  public String text() {
    return cpuNanos + " " + allocatedBytes;
  }

  /** What was used since then. */
  public ProcessUsage since(ProcessUsage earlier) {
    return new ProcessUsage(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
  }
}
