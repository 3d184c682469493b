package dev.rolecall.service.rules.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.service.rules.AccessRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A table of requests and the answers that rules are expected to give, to be run as a test of the
 * rules before they are put in force:
 *
 * <pre>{@code
 * cases:
 *   - caller: corp/ana@example.com via Engineer
 *     permission: orders-admin
 *     duration: 1h
 *     ticket: OPS-7
 *     expect: accepted
 *     reviewers: [corp/lee@example.com via Lead]
 *     not_reviewers: [corp/ana@example.com via Lead]
 *   - caller: arn:aws:iam::111122223333:role/batch
 *     permission: orders-admin
 *     duration: 9h
 *     expect: refused
 *     because: DURATION_NOT_ALLOWED
 * }</pre>
 *
 * <p>A caller is {@code {directory}/{user name}}, with {@code via {permission set}} where the
 * directory has several; the ARN of a role, with {@code #{unique id}} where a rule has it; or
 * {@code oidc:{alias}:{subject}}. Each request has a reason. YAML or JSON, UTF-8, at most 1 MiB.
 * Immutable.
 *
 * @param cases the cases, in the order they are written; at least one
 */
public record AccessCases(List<AccessCase> cases) {

  /**
   * Checks that there is a case.
   *
   * @throws IllegalArgumentException if there is none
   */
  public AccessCases {
    cases = List.copyOf(cases);
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("cases: none (expected: at least one)");
    }
  }

  /**
   * Reads a table of cases. Blocks on the file.
   *
   * @throws InvalidRulesException if the file cannot be read or is no such table; it says all that
   *     is wrong, and where
   */
  public static AccessCases load(Path file) {
    requireNonNull(file, "file");
    try {
      return read(file.toString(), DocumentText.bytes(file));
    } catch (IOException e) {
      throw new InvalidRulesException(List.of(RulesDocument.unreadable(file, e)));
    }
  }

  /**
   * Reads a table of cases.
   *
   * @param source what problems call the text
   * @throws InvalidRulesException if the text is no such table; it says all that is wrong, and
   *     where
   */
  public static AccessCases read(String source, byte[] content) {
    requireNonNull(source, "source");
    requireNonNull(content, "content");
    Remarks remarks = new Remarks();
    List<AccessCase> cases =
        DocumentText.structure("table of cases", source, content, remarks)
            .map(root -> new CasesReader(remarks).read(root))
            .orElse(List.of());
    if (remarks.anyProblem()) {
      throw new InvalidRulesException(RulesDocument.problems(remarks));
    }
    return new AccessCases(cases);
  }

  /** The results of each case under those rules, in order. */
  public List<AccessCaseResult> under(AccessRules rules) {
    CaseTrial trial = new CaseTrial(rules);
    return cases.stream().map(trial::result).toList();
  }
}
