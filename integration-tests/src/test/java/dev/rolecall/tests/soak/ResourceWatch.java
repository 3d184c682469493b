package dev.rolecall.tests.soak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** Samples of the heap and of Rolecall's threads. */
final class ResourceWatch {

  private static final Pattern HISTOGRAM_LINE =
      Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(dev\\.rolecall\\.\\S+)");

  /** What the threads that Rolecall makes are called by, in front of their kind and number. */
  private static final String OWN = "rolecall-";

  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  private final List<Long> heaps = new ArrayList<>();
  private final List<Integer> threads = new ArrayList<>();

  /** Looks. Garbage must just have been collected. */
  void look() {
    heaps.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    threads.add(ownThreads().values().stream().mapToInt(Integer::intValue).sum());
  }

  /**
   * How many threads Rolecall has, by kind. Others are not counted: a pool of gRPC's, of the JDK's
   * or of a test's own may grow to its size at any time.
   */
  static Map<String, Integer> ownThreads() {
    Map<String, Integer> kinds = new TreeMap<>();
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (each.getName().startsWith(OWN)) {
        kinds.merge(NUMBER.matcher(each.getName()).replaceAll(""), 1, Integer::sum);
      }
    }
    return kinds;
  }

  /** The least heap in use in the first third of the looks, in MiB. */
  long heapAtFirst() {
    return mib(heaps.subList(0, third()));
  }

  /** The least heap in use in the last third of the looks, in MiB. */
  long heapAtLast() {
    return mib(heaps.subList(heaps.size() - third(), heaps.size()));
  }

  private static long mib(List<Long> bytes) {
    return bytes.stream().mapToLong(Long::longValue).min().orElseThrow() >> 20;
  }

  /** The most threads in the first third of the looks. */
  int threadsAtFirst() {
    return threads.subList(0, third()).stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /** The least threads in the last third of the looks. */
  int threadsAtLast() {
    return threads.subList(threads.size() - third(), threads.size()).stream()
        .mapToInt(Integer::intValue)
        .min()
        .orElseThrow();
  }

  private int third() {
    return Math.max(1, heaps.size() / 3);
  }

  /** That name, which must be some class's: what is not there has no objects either. */
  static String nameOf(String type) throws ClassNotFoundException {
    return Class.forName(type, false, ResourceWatch.class.getClassLoader()).getName();
  }

  /** How many objects live of each class of Rolecall; those that none lives of are missing. */
  static Map<String, Long> livingObjects() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    Map<String, Long> living = new HashMap<>();
    Matcher line = HISTOGRAM_LINE.matcher(histogram);
    while (line.find()) {
      living.put(line.group(2), Long.parseLong(line.group(1)));
    }
    return living;
  }
}
