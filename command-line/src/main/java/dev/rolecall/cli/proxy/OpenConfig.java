package dev.rolecall.cli.proxy;

import dev.rolecall.cli.config.ConfigFile;
import dev.rolecall.cli.config.ConfigSection;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.proxy.config.FollowedConfig;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * What a proxy has open by its configuration, which stays as it is or follows a file.
 *
 * @param <V> what is opened
 */
public final class OpenConfig<V> implements AutoCloseable {

  private static final byte[] NOTHING = {};

  private final FollowedConfig<V> followed;
  private final boolean isOfFile;

  private OpenConfig(FollowedConfig<V> followed, boolean isOfFile) {
    this.followed = followed;
    this.isOfFile = isOfFile;
  }

  /** What stays as it is. */
  public static <V> OpenConfig<V> fixed(V opened, OpenTelemetry telemetry) {
    return new OpenConfig<>(
        new FollowedConfig<>(
            () -> NOTHING, (content, before) -> opened, CommandFailure.class, telemetry),
        false);
  }

  /**
   * What the file says now, and what it says later once {@link #follow} is called.
   *
   * @param opening given the content, and what is open so far
   * @throws CommandFailure if something is wrong
   */
  public static <V> OpenConfig<V> of(
      ConfigFile file, OpenTelemetry telemetry, BiFunction<ConfigSection, Optional<V>, V> opening) {
    return new OpenConfig<>(
        new FollowedConfig<>(
            file::bytes,
            (content, before) -> file.read(content, root -> opening.apply(root, before)),
            CommandFailure.class,
            telemetry),
        true);
  }

  /** What is open. */
  public V now() {
    return followed.now();
  }

  /**
   * Begins to check the file, if there is one.
   *
   * @param replaced told what was open before, and what is now
   * @throws CommandFailure if the period is too short or too long
   */
  public void follow(Duration period, BiConsumer<V, V> replaced) {
    if (isOfFile) {
      try {
        followed.follow(period, replaced);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure("--config-period: " + e.getMessage(), e);
      }
    }
  }

  /** Does that in so long, on a thread that may block. */
  public void later(Duration delay, Runnable task) {
    followed.later(delay, task);
  }

  /** Stops to follow the file. What is open stays open. */
  @Override
  public void close() {
    followed.close();
  }
}
