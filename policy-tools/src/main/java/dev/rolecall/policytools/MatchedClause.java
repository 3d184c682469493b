package dev.rolecall.policytools;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.PrincipalPattern;
import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.Place;
import java.util.Optional;

/**
 * The part of a rule that matched: the first such principal and the first such path.
 *
 * @param principal the principal
 * @param path the path
 * @param pathAt where the path is written; empty for a policy made by a builder
 */
public record MatchedClause(
    PrincipalPattern principal, MethodPattern path, Optional<Place> pathAt) {

  /** Checks that nothing is absent. */
  public MatchedClause {
    requireNonNull(principal, "principal");
    requireNonNull(path, "path");
    requireNonNull(pathAt, "pathAt");
  }
}
