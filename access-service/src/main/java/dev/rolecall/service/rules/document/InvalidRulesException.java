package dev.rolecall.service.rules.document;

import dev.rolecall.policy.document.PolicyProblem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for a file that cannot be read, or that holds no rules or no table of cases. The message
 * lists every problem, one a line.
 */
public final class InvalidRulesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<PolicyProblem> problems;

  /** An exception that names each of {@code problems}. */
  public InvalidRulesException(List<PolicyProblem> problems) {
    super(problems.stream().map(PolicyProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order it is written; at least one. */
  public List<PolicyProblem> problems() {
    return problems;
  }
}
