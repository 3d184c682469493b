package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Position;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.List;
import java.util.Optional;

/**
 * A problem of a policy or its cases, for the person who writes them: {@code toString} is {@code
 * orders.yaml:7:22: principals: "*" (expected: ...)}.
 *
 * @param source the file, as it was named
 * @param at the place of the offending value; empty when the file could not be read at all
 * @param message the offending value and what would be right, on one line
 */
public record PolicyProblem(String source, Optional<Position> at, String message) {

  /** Checks that nothing is absent. */
  public PolicyProblem {
    requireNonNull(source, "source");
    requireNonNull(at, "at");
    requireNonNull(message, "message");
  }

  static List<PolicyProblem> of(String source, Remarks remarks) {
    return remarks.problems().stream()
        .map(problem -> new PolicyProblem(source, Optional.of(problem.at()), problem.message()))
        .toList();
  }

  @Override
  public String toString() {
    return source + at.map(position -> ":" + position).orElse("") + ": " + message;
  }
}
