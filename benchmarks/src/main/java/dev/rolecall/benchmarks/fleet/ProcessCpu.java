package dev.rolecall.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The CPU time that a process of any program has used, by the kernel: that of all its threads, and
 * of those that have ended. Linux gives it in steps of ten milliseconds.
 */
public final class ProcessCpu {

  /** Linux has no other unit for programs, whatever its own clock. */
  private static final long NANOS_A_TICK = 10_000_000;

  /** The fields after the program's name, which may hold blanks: the first of them is the third. */
  private static final int USER = 14 - 3;

  private static final int SYSTEM = 15 - 3;

  /** The beginning of a line of {@code stat}; Linux cuts the names of threads. */
  private static final Pattern COMPILER = Pattern.compile("\\d+ \\(C[12] CompilerThre");

  private ProcessCpu() {}

  /**
   * The nanoseconds that a process has used so far.
   *
   * @throws IOException if there is none, or this is not Linux
   */
  public static long nanos(long pid) throws IOException {
    return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
  }

  /**
   * The nanoseconds that the compilers of a JVM have used so far; none for another program.
   *
   * @throws IOException if there is no such process, or this is not Linux
   */
  public static long compilerNanos(long pid) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"));
        if (COMPILER.matcher(stat).lookingAt()) {
          sum += parse(stat);
        }
      }
    }
    return sum;
  }

  /**
   * The nanoseconds that a line of {@code /proc/PID/stat} states.
   *
   * @throws IllegalArgumentException if it has too few fields
   */
  static long parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= SYSTEM) {
      throw new IllegalArgumentException(
          "stat: " + fields.length + " fields (expected: more than " + SYSTEM + ")");
    }
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * NANOS_A_TICK;
  }
}
