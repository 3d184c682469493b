package dev.rolecall.cli.schemes;

import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.apikeys.KeyFileException;
import dev.rolecall.cli.failure.CommandFailure;
import java.time.Clock;
import java.util.function.Supplier;

/** A trial of an option's value, so that a file or a value that does not do is a wrong argument. */
final class Trial {

  private Trial() {}

  /**
   * The scheme, after a check of its settings and files. No issuer is asked.
   *
   * @param option the option that it is of
   * @throws CommandFailure if they do not do
   */
  static Scheme ofScheme(String option, Scheme scheme) {
    return of(
        option,
        () -> {
          scheme.check(Clock.systemUTC());
          return scheme;
        });
  }

  /**
   * The value, once it could be made.
   *
   * @param option the option that it is of
   * @throws CommandFailure if it could not
   */
  static <T> T of(String option, Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException | KeyFileException e) {
      throw new CommandFailure(option + ": " + e.getMessage(), e);
    }
  }
}
