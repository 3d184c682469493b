package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.Remarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a policy once: YAML or JSON, UTF-8, at most 1 MiB. */
public final class PolicyDocument {

  private PolicyDocument() {}

  /**
   * Reads a policy file. Blocks on the file.
   *
   * @throws InvalidPolicyException if the file cannot be read or is no policy; it says all that is
   *     wrong, and where
   */
  public static AccessPolicy load(Path file) {
    return read(file)
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new InvalidPolicyException(rejected.problems());
            });
  }

  /** Reads a policy file as {@link #load} does, and returns the problems and notes too. */
  public static PolicyReading read(Path file) {
    try {
      return read(requireNonNull(file, "file").toString(), DocumentText.bytes(file));
    } catch (IOException e) {
      return unreadable(file, e);
    }
  }

  /**
   * Reads a policy from its text.
   *
   * @param source the name of the text in problems and notes
   */
  public static PolicyReading read(String source, byte[] content) {
    requireNonNull(source, "source");
    requireNonNull(content, "content");
    Remarks remarks = new Remarks();
    Optional<AccessPolicy> policy =
        DocumentText.structure("policy", source, content, remarks)
            .flatMap(root -> new PolicyReader(remarks).read(root));
    if (policy.isEmpty()) {
      return new PolicyReading.Rejected(PolicyProblem.of(remarks));
    }
    return new PolicyReading.Loaded(policy.get(), PolicyNote.of(remarks));
  }

  static PolicyReading.Rejected unreadable(Path file, IOException e) {
    return new PolicyReading.Rejected(
        List.of(PolicyProblem.unreadable(file.toString(), DocumentText.unreadable(file, e))));
  }
}
