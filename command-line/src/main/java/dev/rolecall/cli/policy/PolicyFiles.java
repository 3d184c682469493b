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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Readers of the files of the policy commands. A failure says what is wrong with a file, and at
 * which place.
 */
final class PolicyFiles {

  private static final List<String> ENDINGS = List.of(".cases.yaml", ".cases.yml", ".cases.json");

  private PolicyFiles() {}

  /**
   * The policy in that file, or in standard input.
   *
   * @throws CommandFailure if it cannot be read or is no policy
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
   * What there is to say of that file or folder, or of standard input.
   *
   * @throws CommandFailure if it cannot be read
   */
  static PolicyReading reading(Path path) {
    return reading(List.of(path));
  }

  /**
   * What there is to say of all those files and folders as one policy.
   *
   * @throws CommandFailure if one cannot be read
   */
  static PolicyReading reading(List<Path> paths) {
    if (paths.size() == 1 && Files.isDirectory(paths.get(0))) {
      return PolicyDocument.read(paths.get(0));
    }
    Map<String, byte[]> texts = new LinkedHashMap<>();
    for (Path path : paths) {
      for (Path file : in(path)) {
        InputFile input = InputFile.of("", file);
        texts.put(input.name(), input.bytes());
      }
    }
    return PolicyDocument.read(texts);
  }

  /**
   * Requires that a text which may go into force one day is a policy, as a server will read it.
   *
   * @param what what messages call it
   * @throws CommandFailure if it is no policy
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

  private static List<Path> in(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try {
      return PolicyDocument.filesIn(path);
    } catch (InvalidPolicyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The tables of cases in a folder, as their names tell: {@code orders.cases.yaml}.
   *
   * @throws CommandFailure if it is a folder that cannot be read
   */
  static List<Path> tablesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(PolicyFiles::isNamedAsTable).sorted().toList();
    } catch (IOException e) {
      throw new CommandFailure(folder + ": cannot be read: " + IoWords.why(e), e);
    }
  }

  private static boolean isNamedAsTable(Path file) {
    return ENDINGS.stream().anyMatch(file.toString()::endsWith);
  }
}
