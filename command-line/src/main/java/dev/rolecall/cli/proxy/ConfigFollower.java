package dev.rolecall.cli.proxy;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.config.ConfigSection;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.identity.internal.FollowedValue;
import dev.rolecall.identity.internal.PeriodicChecks;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Follows a configuration file. What is wrong with a change is logged, and what was read last stays
 * in force.
 *
 * @param <V> what is opened by the configuration
 */
public final class ConfigFollower<V> implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.config");

  private final ConfigFile file;
  private final FollowedValue<V> followed;
  private final AccessRuntime runtime;
  private Runnable stop = () -> {};

  /**
   * Opens what the file says now.
   *
   * @param opening given the content and what is open so far
   * @throws CommandFailure if something is wrong
   */
  public ConfigFollower(
      ConfigFile file, OpenTelemetry telemetry, BiFunction<ConfigSection, Optional<V>, V> opening) {
    this.file = file;
    this.followed =
        new FollowedValue<>(
            () -> {
              byte[] content = file.bytes();
              return FollowedValue.Content.of(
                  content, before -> file.read(content, root -> opening.apply(root, before)));
            },
            CommandFailure.class);
    this.runtime = AccessRuntime.builder().openTelemetry(telemetry).build();
    runtime.supervising(SupervisedTask.CONFIG_FILE);
  }

  /** What is open. */
  public V get() {
    return followed.get();
  }

  /**
   * Begins to look at the file.
   *
   * @param replaced told what was open before and what is now; may throw {@link CommandFailure}
   */
  public void start(Duration period, BiConsumer<V, V> replaced) {
    try {
      stop =
          PeriodicChecks.named("rolecall-config")
              .period(period)
              .start(
                  runtime.supervisor(),
                  SupervisedTask.CONFIG_FILE.label(),
                  () -> followed.look(replaced, this::rejected));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--config-period: " + e.getMessage(), e);
    }
  }

  private void rejected(RuntimeException flaw) {
    LOG.log(
        Level.WARNING,
        "{0}: rejected, the last good configuration stays in force: {1}",
        file.path(),
        flaw.getMessage());
  }

  /** Does that in so long, on a thread that may block. */
  public void later(Duration delay, Runnable task) {
    var unused =
        runtime
            .supervisor()
            .after(
                delay,
                runtime.timer(),
                SupervisedTask.CONFIG_FILE.label(),
                () ->
                    runtime
                        .supervisor()
                        .execute(runtime.application(), SupervisedTask.CONFIG_FILE.label(), task));
  }

  @Override
  public void close() {
    stop.run();
    runtime.close();
  }
}
