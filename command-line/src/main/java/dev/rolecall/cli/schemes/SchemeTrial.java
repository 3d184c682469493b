package dev.rolecall.cli.schemes;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.apikeys.KeyFileException;
import dev.rolecall.cli.failure.CommandFailure;

/** A trial of a scheme, so that a file or a value that does not do is a wrong argument. */
final class SchemeTrial {

  private SchemeTrial() {}

  /**
   * The scheme, after a verifier of it was made once.
   *
   * @param option the option that it is of
   * @throws CommandFailure if none can be made
   */
  static Scheme of(String option, Scheme scheme) {
    try (AccessRuntime runtime = AccessRuntime.ofDefaults()) {
      scheme.verifier(runtime).close();
      return scheme;
    } catch (IllegalArgumentException | KeyFileException e) {
      throw new CommandFailure(option + ": " + e.getMessage(), e);
    }
  }
}
