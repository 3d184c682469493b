package dev.rolecall.tests.policies;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.policy.document.InvalidPolicyException;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyProblem;
import dev.rolecall.policytools.PolicyCases;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A text as the reader and the schema judge it.
 *
 * @param text the text
 * @param problems the reader's; none if it accepts the text
 * @param complaints the schema's; none if it accepts the text
 */
record Judgement(String text, List<String> problems, List<String> complaints) {

  /** The judgement on a policy. */
  static Judgement ofPolicy(String text) {
    return of(text, EditorSchema.POLICY, Judgement::problemsOfPolicy);
  }

  /** The judgement on a table of cases. */
  static Judgement ofCases(String text) {
    return of(text, EditorSchema.CASES, Judgement::problemsOfCases);
  }

  private static Judgement of(
      String text, EditorSchema schema, Function<String, List<String>> reader) {
    return new Judgement(text, reader.apply(text), schema.complaints(text));
  }

  boolean isAccepted() {
    return problems.isEmpty();
  }

  /**
   * Whether the schema says what the reader says, or cannot: each problem is of a kind that only
   * the reader finds.
   */
  boolean agrees() {
    return isAccepted()
        ? complaints.isEmpty()
        : !complaints.isEmpty() || problems.stream().allMatch(OnlyTheReader::isKnown);
  }

  /** The kinds of problems that the schema did not find; none if it found the text wrong. */
  Set<OnlyTheReader> missed() {
    Set<OnlyTheReader> missed = EnumSet.noneOf(OnlyTheReader.class);
    if (complaints.isEmpty()) {
      Stream.of(OnlyTheReader.values())
          .filter(kind -> problems.stream().anyMatch(kind::explains))
          .forEach(missed::add);
    }
    return missed;
  }

  private static List<String> problemsOfPolicy(String text) {
    return PolicyDocument.read("policy", text.getBytes(UTF_8))
        .fold(
            loaded -> List.of(),
            rejected -> rejected.problems().stream().map(PolicyProblem::message).toList());
  }

  private static List<String> problemsOfCases(String text) {
    try {
      PolicyCases.read("cases", text.getBytes(UTF_8));
      return List.of();
    } catch (InvalidPolicyException e) {
      return e.problems().stream().map(PolicyProblem::message).toList();
    }
  }
}
