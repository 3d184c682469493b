package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.PeriodicChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The options for following the files of a policy. Not safe for use by several threads at once. */
public final class PolicyFileBuilder {

  private final List<Path> paths;
  private PeriodicChecks checks = PeriodicChecks.named("rolecall-policy-file");
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
    this.checks = checks.period(period);
    return this;
  }

  /**
   * Sets the executor of the checks, which block on the files. By default it is a daemon thread.
   */
  public PolicyFileBuilder executor(ScheduledExecutorService executor) {
    this.checks = checks.executor(executor);
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

  PeriodicChecks checks() {
    return checks;
  }

  ReloadListener reloads() {
    return reloads;
  }
}
