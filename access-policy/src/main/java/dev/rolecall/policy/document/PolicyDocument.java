package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a policy once, from texts of YAML or JSON, UTF-8, at most 1 MiB each, at most 1,000.
 *
 * <p>Several texts are one policy: all their deny rules in the order of the texts, all allow rules,
 * public methods, groups and account groups. Each text has a name; the policy's is the distinct
 * names joined by {@code +}, cut to 200 characters. Every text may use the groups of all. Names of
 * rules and groups are unique over all texts. One text that is wrong makes the whole no policy.
 */
public final class PolicyDocument {

  private PolicyDocument() {}

  /**
   * Reads the policy of some files and folders. Blocks on them. {@link PolicyFile} says which files
   * of a folder count.
   *
   * @throws InvalidPolicyException if they cannot be read or are no policy; it says all that is
   *     wrong, and where
   */
  public static AccessPolicy load(Path path, Path... more) {
    return loaded(read(path, more));
  }

  /**
   * Reads the policy of a text.
   *
   * @param source the name of the text in problems and notes
   * @throws InvalidPolicyException if the text is no policy; it says all that is wrong, and where
   */
  public static AccessPolicy load(String source, byte[] content) {
    return loaded(read(source, content));
  }

  private static AccessPolicy loaded(PolicyReading reading) {
    return reading.fold(
        PolicyReading.Loaded::policy,
        rejected -> {
          throw new InvalidPolicyException(rejected.problems());
        });
  }

  /** Reads files and folders as {@link #load} does, and returns the problems and notes too. */
  public static PolicyReading read(Path path, Path... more) {
    return PolicyTexts.together(
            Stream.concat(Stream.of(requireNonNull(path, "path")), Stream.of(more)).toList())
        .reading();
  }

  /**
   * Reads a policy from its text.
   *
   * @param source the name of the text in problems and notes
   */
  public static PolicyReading read(String source, byte[] content) {
    requireNonNull(source, "source");
    requireNonNull(content, "content");
    return PolicyTexts.of(source, content).reading();
  }

  /**
   * Reads one policy from several texts, in the order of the map.
   *
   * @param texts the texts by their names in problems and notes
   * @throws IllegalArgumentException if there is no text
   */
  public static PolicyReading read(Map<String, byte[]> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("texts: none (expected: at least one)");
    }
    return new PolicyTexts(new LinkedHashMap<>(texts), List.of()).reading();
  }

  /**
   * The files that a folder's policy is read from, in their order, as {@link PolicyFile} says.
   *
   * @throws InvalidPolicyException if there is none, there are too many, or the folder cannot be
   *     read
   */
  public static List<Path> filesIn(Path folder) {
    PolicyPaths found = PolicyPaths.of(List.of(requireNonNull(folder, "folder")));
    if (!found.problems().isEmpty()) {
      throw new InvalidPolicyException(found.problems());
    }
    return found.files();
  }
}
