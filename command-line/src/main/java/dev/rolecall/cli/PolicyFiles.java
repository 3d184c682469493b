package dev.rolecall.cli;

import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.InvalidPolicyException;
import dev.rolecall.policy.PolicyCases;
import dev.rolecall.policy.PolicyReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the policy commands read, or the failure that says what is wrong with it, and where. */
final class PolicyFiles {

  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

  private PolicyFiles() {}

  /**
   * The policy in that file, or in standard input.
   *
   * @throws CommandFailure if it cannot be read or is none
   */
  static AccessPolicy policy(Path file) {
    return reading(file)
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new CommandFailure(
                  rejected.problems().stream().map(Object::toString).collect(joining("\n")));
            });
  }

  /**
   * What there is to say of that file, or of standard input.
   *
   * @throws CommandFailure if it cannot be read
   */
  static PolicyReading reading(Path file) {
    InputFile input = InputFile.of("", file);
    return AccessPolicy.read(input.name(), input.bytes());
  }

  /**
   * The cases in that file, or in standard input.
   *
   * @throws CommandFailure if it cannot be read or holds none
   */
  static PolicyCases cases(Path file) {
    InputFile input = InputFile.of("", file);
    try {
      return PolicyCases.read(input.name(), input.bytes());
    } catch (InvalidPolicyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** What messages call it. */
  static String name(Path file) {
    return InputFile.of("", file).name();
  }

  /**
   * The file itself; of a folder, the files in it that are named as policies are.
   *
   * @throws CommandFailure if it is a folder without one, or one that cannot be read
   */
  static List<Path> in(Path file) {
    if (!Files.isDirectory(file)) {
      return List.of(file);
    }
    try (Stream<Path> entries = Files.list(file)) {
      List<Path> policies =
          entries
              .filter(each -> ENDINGS.stream().anyMatch(each.toString()::endsWith))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (policies.isEmpty()) {
        throw new CommandFailure(
            file + ": no policy in this folder (expected: one of " + ENDINGS + ")");
      }
      return policies;
    } catch (IOException e) {
      throw new CommandFailure(file + ": cannot be read: " + IoWords.why(e), e);
    }
  }
}
