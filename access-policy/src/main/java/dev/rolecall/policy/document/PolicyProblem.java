package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Position;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.List;
import java.util.Optional;

/**
 * A problem of a policy or its cases, for the person who writes them: {@code toString} is {@code
 * orders.yaml:7:22: principals: "*" (expected: ...)}.
 *
 * @param source the file, as it was named
 * @param at the place of the offending value; empty when the file could not be read at all
 * @param code the kind of problem, a stable word for tools, such as {@code unknown-key}
 * @param message the offending value and what would be right, on one line
 */
public record PolicyProblem(String source, Optional<Position> at, String code, String message) {

  /** Checks that nothing is absent. */
  public PolicyProblem {
    requireNonNull(source, "source");
    requireNonNull(at, "at");
    requireNonNull(code, "code");
    requireNonNull(message, "message");
  }

  static PolicyProblem unreadable(String source, String why) {
    return new PolicyProblem(source, Optional.empty(), ProblemCode.UNREADABLE.toString(), why);
  }

  static List<PolicyProblem> of(Remarks remarks) {
    return remarks.problems().stream()
        .map(
            problem ->
                new PolicyProblem(
                    problem.at().source(),
                    Optional.of(problem.at().position()),
                    problem.code(),
                    problem.message()))
        .toList();
  }

  @Override
  public String toString() {
    return source + at.map(position -> ":" + position).orElse("") + ": " + message;
  }
}
