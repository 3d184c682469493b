package dev.rolecall.benchmarks.fleet;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The CPU time and memory that a process has used so far.
 *
 * <p>The CPU time is that of all threads, the compiler's and the collector's too; the bytes are
 * those allocated on the heap by the Java threads, gRPC's own included. Both are sums over the
 * threads that live now: one that has ended since is missing. So the threads measured with it must
 * last.
 *
 * @param cpuNanos CPU time in nanoseconds
 * @param allocatedBytes bytes allocated, whether or not they have been freed since
 */
public record ProcessUsage(long cpuNanos, long allocatedBytes) {

  private static final Path THREADS = Path.of("/proc/self/task");

  /** This process's. */
  public static ProcessUsage now() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    // A thread that ended in between has -1.
    long allocated =
        Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
            .filter(bytes -> bytes > 0)
            .sum();
    return new ProcessUsage(cpu(), allocated);
  }

  /** Linux has it to the nanosecond for each thread; the JDK, in steps of ten milliseconds. */
  private static long cpu() {
    try (Stream<Path> threads = Files.list(THREADS)) {
      return threads.mapToLong(ProcessUsage::onCpu).sum();
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      // Not Linux, or without these figures.
      return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
  }

  private static long onCpu(Path thread) {
    Path figures = thread.resolve("schedstat");
    try {
      String line = Files.readString(figures);
      return Long.parseLong(line.substring(0, Math.max(0, line.indexOf(' '))));
    } catch (IOException e) {
      if (Files.exists(thread)) {
        throw new UncheckedIOException(e);
      }
      // It ended meanwhile.
      return 0;
    }
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
