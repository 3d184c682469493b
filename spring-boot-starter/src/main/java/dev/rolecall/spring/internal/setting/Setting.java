package dev.rolecall.spring.internal.setting;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A property, by its name: what breaks a rule further down is said with that name, so that the line
 * to correct can be found.
 *
 * @param name as it is written in a configuration file
 */
public record Setting(String name) {

  /** The property of that name under {@code rolecall.server}. */
  public static Setting ofServer(String name) {
    return new Setting("rolecall.server." + name);
  }

  /** The property of that name below this one. */
  public Setting sub(String below) {
    return new Setting(name + "." + below);
  }

  /** Hands the value over, if it is set. */
  public <T> void to(@Nullable T value, Consumer<T> consumer) {
    if (value != null) {
      var unused =
          checked(
              () -> {
                consumer.accept(value);
                return value;
              });
    }
  }

  /** Chooses an option, if the switch is on. */
  public void on(boolean chosen, Runnable option) {
    to(chosen ? option : null, Runnable::run);
  }

  /** The value of a property that must be set, unless beans take its place. */
  public <T> T required(@Nullable T value, String expected) {
    return Optional.ofNullable(value).orElseThrow(() -> invalid("not set", expected));
  }

  /**
   * The result of a builder that this property decides about.
   *
   * @throws InvalidSettingException if the builder refuses its options
   */
  public <T> T checked(Supplier<T> use) {
    try {
      return use.get();
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      throw broken(e);
    }
  }

  /** The exception that says so. */
  public InvalidSettingException invalid(String problem, String expected) {
    return new InvalidSettingException(name, problem + " (expected: " + expected + ")");
  }

  /** The exception that says so of a failure. */
  public InvalidSettingException broken(RuntimeException cause) {
    return new InvalidSettingException(name, cause);
  }
}
