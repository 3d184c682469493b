package dev.rolecall.proxy.config;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.FollowedValue;
import dev.rolecall.identity.internal.PeriodicChecks;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What a proxy has open by its configuration, which follows a file: a change is in force once two
 * checks in a row find the same. What is wrong with a change is logged to {@code rolecall.config},
 * and what was opened last stays in force.
 *
 * <p>Safe for use by many threads. Close it after the proxy; it closes nothing of what is open now.
 *
 * @param <V> what is opened
 */
public final class FollowedConfig<V> implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("rolecall.config");
  private static final String TASK = SupervisedTask.CONFIG_FILE.label();

  private final FollowedValue<V> followed;
  private final AccessRuntime runtime;
  private final Queue<Runnable> stillToCome = new ConcurrentLinkedQueue<>();
  private volatile Runnable stop = () -> {};

  /**
   * Opens what the configuration says now.
   *
   * @param content finds the content; may block
   * @param opening given the content, and what is open so far
   * @param flaw the exception of content that cannot be had, or cannot be opened: its message says
   *     what is wrong, and has no secret
   */
  public FollowedConfig(
      Supplier<byte[]> content,
      BiFunction<byte[], Optional<V>, V> opening,
      Class<? extends RuntimeException> flaw,
      OpenTelemetry telemetry) {
    requireNonNull(content, "content");
    requireNonNull(opening, "opening");
    this.followed =
        new FollowedValue<>(
            () -> {
              byte[] found = content.get();
              return FollowedValue.Content.of(found, before -> opening.apply(found, before));
            },
            flaw);
    this.runtime = AccessRuntime.builder().openTelemetry(telemetry).build();
    runtime.supervising(SupervisedTask.CONFIG_FILE);
  }

  /** What is open. */
  public V now() {
    return followed.get();
  }

  /**
   * Begins to check the configuration.
   *
   * @param period the time between two checks: 100 ms to a day
   * @param replaced told what was open before, and what is now
   * @throws IllegalArgumentException if the period is shorter or longer
   */
  public void follow(Duration period, BiConsumer<V, V> replaced) {
    requireNonNull(replaced, "replaced");
    stop =
        PeriodicChecks.named("rolecall-config")
            .period(period)
            .start(
                runtime.supervisor(),
                TASK,
                () -> followed.look(replaced, FollowedConfig::rejected));
  }

  private static void rejected(RuntimeException flaw) {
    LOG.log(
        Level.WARNING,
        "configuration rejected, the last good one stays in force: {0}",
        flaw.getMessage());
  }

  /**
   * Does that in so long, on a thread that may block, or at the close: what is replaced is closed
   * so, and writes its last records then.
   */
  public void later(Duration delay, Runnable task) {
    stillToCome.add(requireNonNull(task, "task"));
    var unused =
        runtime
            .supervisor()
            .after(
                delay,
                runtime.timer(),
                TASK,
                () ->
                    runtime
                        .supervisor()
                        .execute(runtime.application(), TASK, () -> doIfStillToCome(task)));
  }

  private void doIfStillToCome(Runnable task) {
    if (stillToCome.remove(task)) {
      task.run();
    }
  }

  /** Stops to check, and does what was to be done later. May block. */
  @Override
  public void close() {
    stop.run();
    runtime.supervisor().runAll(TASK, stillToCome);
    runtime.close();
  }
}
