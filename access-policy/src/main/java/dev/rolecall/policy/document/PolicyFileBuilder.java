package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The options for following the files of a policy. Not safe for use by several threads at once. */
public final class PolicyFileBuilder {

  private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(100);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

  /** The executor of the checks, and whether closing the file shuts it down. */
  record Scheduling(ScheduledExecutorService executor, boolean owned) {}

  private final List<Path> paths;
  private Duration period = DEFAULT_PERIOD;
  private Optional<ScheduledExecutorService> executor = Optional.empty();
  private ReloadListener reloads = result -> {};

  PolicyFileBuilder(List<Path> paths) {
    this.paths = paths;
  }

  /**
   * Sets the time between two checks: 100 ms to a day, five seconds by default. A change is in
   * force after two checks.
   *
   * @throws IllegalArgumentException if it is shorter or longer
   */
  public PolicyFileBuilder period(Duration period) {
    Range.check("period", period, SHORTEST_PERIOD, LONGEST_PERIOD);
    this.period = period;
    return this;
  }

  /**
   * Sets the executor of the checks, which block on the files. By default it is a daemon thread.
   */
  public PolicyFileBuilder executor(ScheduledExecutorService executor) {
    this.executor = Optional.of(requireNonNull(executor, "executor"));
    return this;
  }

  /** Sets the listener for each reload, taken up or rejected. */
  public PolicyFileBuilder onReload(ReloadListener listener) {
    this.reloads = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Loads the files and follows them. Blocks on the files.
   *
   * @throws InvalidPolicyException if they cannot be read or are no policy
   */
  public PolicyFile follow() {
    return new PolicyFile(this);
  }

  List<Path> paths() {
    return paths;
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
