package dev.rolecall.service.rules.document;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The result of one case.
 *
 * @param tested the case
 * @param differences sentences about what is otherwise than expected; none if the case has passed
 */
public record AccessCaseResult(AccessCase tested, List<String> differences) {

  /** Copies. */
  public AccessCaseResult {
    requireNonNull(tested, "tested");
    differences = List.copyOf(differences);
  }

  /** Whether the rules give the expected answers. */
  public boolean passed() {
    return differences.isEmpty();
  }
}
