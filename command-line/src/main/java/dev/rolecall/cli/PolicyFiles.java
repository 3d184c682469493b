package dev.rolecall.cli;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.InvalidPolicyException;
import dev.rolecall.policy.PolicyCases;
import java.nio.file.Path;
import java.util.function.Function;

/** What the policy commands read, or the failure that says what is wrong with it, and where. */
final class PolicyFiles {

  private PolicyFiles() {}

  /**
   * The policy in that file.
   *
   * @throws CommandFailure if it cannot be read or is none
   */
  static AccessPolicy policy(Path file) {
    return read(file, AccessPolicy::load);
  }

  /**
   * The cases in that file.
   *
   * @throws CommandFailure if it cannot be read or holds none
   */
  static PolicyCases cases(Path file) {
    return read(file, PolicyCases::load);
  }

  private static <T> T read(Path file, Function<Path, T> reading) {
    try {
      return reading.apply(file);
    } catch (InvalidPolicyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
