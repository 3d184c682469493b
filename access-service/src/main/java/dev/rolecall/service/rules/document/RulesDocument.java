package dev.rolecall.service.rules.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.document.PolicyNote;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the rules of an access service once, from YAML or JSON, UTF-8, at most 1 MiB:
 *
 * <pre>{@code
 * directories:
 *   - name: corp
 *     roles:
 *       - {account: "111122223333", permission_set: Engineer, role_id: AROAEXAMPLE000000001}
 *       - {account: "111122223333", permission_set: Lead, role_id: AROAEXAMPLE000000002}
 * rules:
 *   - permission: orders-admin
 *     requesters: [{directory: corp}]
 *     reviewers: [{directory: corp, permission_set: Lead}]
 *     quorum: 2
 *     max_duration: 4h
 *     require: [reason, ticket]
 *     break_glass: {max_duration: 30m, review_within: 24h}
 * admins: [{role: "arn:aws:iam::111122223333:role/security"}]
 * enforcers: ["arn:aws:iam::111122223333:role/orders"]
 * }</pre>
 *
 * <p>Read as strictly as a policy: nothing may be unknown or repeated, and anchors and tags are
 * refused. A reason is always required.
 */
public final class RulesDocument {

  private RulesDocument() {}

  /** Reads a file. Blocks on it. */
  public static RulesReading read(Path file) {
    requireNonNull(file, "file");
    try {
      return read(file.toString(), DocumentText.bytes(file));
    } catch (IOException e) {
      return new RulesReading.Rejected(List.of(unreadable(file, e)));
    }
  }

  /** The problem of a file that cannot be read. */
  static PolicyProblem unreadable(Path file, IOException e) {
    return new PolicyProblem(
        file.toString(),
        Optional.empty(),
        ProblemCode.UNREADABLE.toString(),
        DocumentText.unreadable("file", file, e));
  }

  /**
   * Reads a text.
   *
   * @param source the name of the text in problems and notes
   */
  public static RulesReading read(String source, byte[] content) {
    requireNonNull(source, "source");
    requireNonNull(content, "content");
    Remarks remarks = new Remarks();
    return DocumentText.structure("set of access rules", source, content, remarks)
        .flatMap(root -> new RulesReader(remarks).read(root))
        .<RulesReading>map(rules -> new RulesReading.Loaded(rules, notes(remarks)))
        .orElseGet(() -> new RulesReading.Rejected(problems(remarks)));
  }

  /** The problems as a reader of tools knows them. */
  static List<PolicyProblem> problems(Remarks remarks) {
    return remarks.problems().stream()
        .map(
            each ->
                new PolicyProblem(
                    each.at().source(),
                    Optional.of(each.at().position()),
                    each.code(),
                    each.message()))
        .toList();
  }

  private static List<PolicyNote> notes(Remarks remarks) {
    return remarks.notes().stream()
        .map(each -> new PolicyNote(each.at(), each.code(), each.message()))
        .toList();
  }
}
