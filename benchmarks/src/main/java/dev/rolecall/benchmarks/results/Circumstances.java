package dev.rolecall.benchmarks.results;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time, command and machine of a measurement, and the load of that machine before it. */
public final class Circumstances {

  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String command;
  private final Clock clock;
  private final Instant begin;
  private final double load;

  private Circumstances(String command, Clock clock) {
    this.command = command;
    this.clock = clock;
    this.begin = clock.instant();
    this.load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** From now on. */
  public static Circumstances of(String command, Clock clock) {
    return new Circumstances(command, clock);
  }

  /** Until now, as lines of Markdown. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "`%s`, %s, %d s.\n%s %s; %s, %s; %d x %s; load average before: %.1f.",
        command,
        MINUTE.format(begin),
        Duration.between(begin, clock.instant()).toSeconds(),
        System.getProperty("java.vendor"),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        processor(),
        load);
  }

  private static String processor() {
    try {
      return Files.readAllLines(CPUS).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("processor of unknown kind");
    } catch (IOException e) {
      // Not Linux: the architecture has to do.
      return "processor of unknown kind";
    }
  }
}
