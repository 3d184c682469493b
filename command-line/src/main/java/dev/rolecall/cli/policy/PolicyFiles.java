package dev.rolecall.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.input.InputFile;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policytools.PolicyCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Readers of the files of the policy commands. A failure says what is wrong with a file, and at
 * which place.
 */
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
    return PolicyDocument.read(input.name(), input.bytes());
  }

  /**
   * Requires that a text which may go into force one day is a policy, as a server will read it.
   *
   * @param what what messages call it
   * @throws CommandFailure if it is none
   */
  static void requireLoads(String what, String text) {
    PolicyReading reading = PolicyDocument.read(what, text.getBytes(UTF_8));
    if (reading instanceof PolicyReading.Rejected rejected) {
      throw new CommandFailure(String.valueOf(rejected.problems().get(0)));
    }
  }

  /** Whether that file, which is no policy, is a table of cases. Standard input is not read. */
  static boolean isTable(Path file) {
    try {
      return Files.isRegularFile(file) && !cases(file).cases().isEmpty();
    } catch (CommandFailure e) {
      return false;
    }
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
   * The file itself; of a folder, the files in it that are named as policies are, without {@link
   * #tablesIn}.
   *
   * @throws CommandFailure if it is a folder without one, or one that cannot be read
   */
  static List<Path> in(Path file) {
    if (!Files.isDirectory(file)) {
      return List.of(file);
    }
    List<Path> policies = listed(file).filter(each -> !isNamedAsTable(each)).toList();
    if (policies.isEmpty()) {
      throw new CommandFailure(
          file + ": no policy in this folder (expected: one of " + ENDINGS + ")");
    }
    return policies;
  }

  /**
   * The tables of cases in a folder, as their names tell: {@code orders.cases.yaml}.
   *
   * @throws CommandFailure if it is a folder that cannot be read
   */
  static List<Path> tablesIn(Path file) {
    return Files.isDirectory(file)
        ? listed(file).filter(PolicyFiles::isNamedAsTable).toList()
        : List.of();
  }

  private static boolean isNamedAsTable(Path file) {
    return ENDINGS.stream().anyMatch(ending -> file.toString().endsWith(".cases" + ending));
  }

  private static Stream<Path> listed(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(each -> ENDINGS.stream().anyMatch(each.toString()::endsWith))
          .filter(Files::isRegularFile)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new CommandFailure(folder + ": cannot be read: " + IoWords.why(e), e);
    }
  }
}
