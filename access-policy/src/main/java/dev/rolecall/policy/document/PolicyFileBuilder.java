package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** How a policy file is followed. Not safe for use by several threads at once. */
public final class PolicyFileBuilder {

  private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

  /** Who runs the looks, and whether closing the file ends it. */
  record Scheduling(ScheduledExecutorService executor, boolean owned) {}

  private final Path file;
  private Duration period = DEFAULT_PERIOD;
  private Optional<ScheduledExecutorService> executor = Optional.empty();
  private ReloadListener reloads = result -> {};

  PolicyFileBuilder(Path file) {
    this.file = file;
  }

  /**
   * How long after one look comes the next: 100 ms to a day, five seconds unless set. A change is
   * in force after two looks.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public PolicyFileBuilder period(Duration period) {
    if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
      throw new IllegalArgumentException(
          "period: " + period + " (expected: " + SHORTEST_PERIOD + " to " + LONGEST_PERIOD + ")");
    }
    this.period = period;
    return this;
  }

  /** Who runs the looks, which block on the file; a daemon thread of its own unless set. */
  public PolicyFileBuilder executor(ScheduledExecutorService executor) {
    this.executor = Optional.of(requireNonNull(executor, "executor"));
    return this;
  }

  /** Who hears of each reload, taken up or rejected. */
  public PolicyFileBuilder onReload(ReloadListener listener) {
    this.reloads = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Loads the file and follows it. Blocks on the file.
   *
   * @throws InvalidPolicyException if the file cannot be read or is no policy
   */
  public PolicyFile follow() {
    return new PolicyFile(this);
  }

  Path file() {
    return file;
  }

  Duration period() {
    return period;
  }

  ReloadListener reloads() {
    return reloads;
  }

  Scheduling scheduling() {
    return executor
        .map(given -> new Scheduling(given, false))
        .orElseGet(() -> new Scheduling(ownExecutor(), true));
  }

  private static ScheduledExecutorService ownExecutor() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "rolecall-policy-file");
          thread.setDaemon(true);
          return thread;
        });
  }
}
