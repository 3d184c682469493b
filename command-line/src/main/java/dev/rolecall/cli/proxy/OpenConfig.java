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
import java.util.function.Supplier;

/**
 * What a proxy has open by its configuration, which stays as it is or follows a file. What is wrong
 * with a change of the file is logged, and what was opened last stays in force.
 *
 * @param <V> what is opened
 */
public final class OpenConfig<V> implements AutoCloseable {

  /** Begins to look at the file, if there is one; what it returns ends that. */
  private interface Start<V> {
    Runnable start(Duration period, BiConsumer<V, V> replaced);
  }

  private static final System.Logger LOG = System.getLogger("rolecall.config");
  private static final String TASK = SupervisedTask.CONFIG_FILE.label();

  private final Supplier<V> current;
  private final Start<V> start;
  private final AccessRuntime runtime;
  private volatile Runnable stop = () -> {};

  private OpenConfig(Supplier<V> current, Start<V> start, AccessRuntime runtime) {
    this.current = current;
    this.start = start;
    this.runtime = runtime;
  }

  private static AccessRuntime runtime(OpenTelemetry telemetry) {
    AccessRuntime runtime = AccessRuntime.builder().openTelemetry(telemetry).build();
    runtime.supervising(SupervisedTask.CONFIG_FILE);
    return runtime;
  }

  /** What stays as it is. */
  public static <V> OpenConfig<V> fixed(V opened, OpenTelemetry telemetry) {
    return new OpenConfig<>(() -> opened, (period, replaced) -> () -> {}, runtime(telemetry));
  }

  /**
   * What the file says now, and what it says later once {@link #follow} is called.
   *
   * @param opening given the content, and what is open so far
   * @throws CommandFailure if something is wrong
   */
  public static <V> OpenConfig<V> of(
      ConfigFile file, OpenTelemetry telemetry, BiFunction<ConfigSection, Optional<V>, V> opening) {
    FollowedValue<V> followed =
        new FollowedValue<>(
            () -> {
              byte[] content = file.bytes();
              return FollowedValue.Content.of(
                  content, before -> file.read(content, root -> opening.apply(root, before)));
            },
            CommandFailure.class);
    AccessRuntime runtime = runtime(telemetry);
    return new OpenConfig<>(
        followed::get,
        (period, replaced) ->
            PeriodicChecks.named("rolecall-config")
                .period(period)
                .start(
                    runtime.supervisor(),
                    TASK,
                    () -> followed.look(replaced, flaw -> rejected(file, flaw))),
        runtime);
  }

  private static void rejected(ConfigFile file, RuntimeException flaw) {
    LOG.log(
        Level.WARNING,
        "{0}: rejected, the last good configuration stays in force: {1}",
        file.path(),
        flaw.getMessage());
  }

  /** What is open. */
  public V now() {
    return current.get();
  }

  /**
   * Begins to look at the file.
   *
   * @param replaced told what was open before, and what is now
   * @throws CommandFailure if the period is too short or too long
   */
  public void follow(Duration period, BiConsumer<V, V> replaced) {
    try {
      stop = start.start(period, replaced);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--config-period: " + e.getMessage(), e);
    }
  }

  /** Does that in so long, on a thread that may block. */
  public void later(Duration delay, Runnable task) {
    var unused =
        runtime
            .supervisor()
            .after(
                delay,
                runtime.timer(),
                TASK,
                () -> runtime.supervisor().execute(runtime.application(), TASK, task));
  }

  /** Stops to follow the file. What is open stays open. */
  @Override
  public void close() {
    stop.run();
    runtime.close();
  }
}
