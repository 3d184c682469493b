package dev.rolecall.spring;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A property, by its name: what breaks a rule further down is said with that name, so that the line
 * to correct can be found.
 *
 * @param name as it is written in a configuration file
 */
record Setting(String name) {

  static Setting ofServer(String name) {
    return new Setting("rolecall.server." + name);
  }

  /** Hands the value over, if it is set. */
  <T> void to(@Nullable T value, Consumer<T> consumer) {
    if (value != null) {
      checked(() -> consumer.accept(value));
    }
  }

  /** Chooses an option, if the switch is on. */
  void on(boolean chosen, Runnable option) {
    if (chosen) {
      checked(option);
    }
  }

  /** The value of a property that must be set, unless beans take its place. */
  <T> T required(@Nullable T value, String expected) {
    return Optional.ofNullable(value)
        .orElseThrow(
            () -> new InvalidSettingException(name + ": not set (expected: " + expected + ")"));
  }

  private void checked(Runnable use) {
    try {
      use.run();
    } catch (IllegalArgumentException e) {
      throw broken(e);
    }
  }

  /** The exception that says so. */
  InvalidSettingException broken(RuntimeException cause) {
    return new InvalidSettingException(name + ": " + cause.getMessage(), cause);
  }
}
