package dev.rolecall.jwt.key;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A key of a set that was left out.
 *
 * @param position its place in the set, from 0
 * @param kid its id, where it has a well-formed one: the text of the key set's owner
 * @param flaw the reason
 */
public record KeyFinding(int position, Optional<String> kid, KeyFlaw flaw) {
  /** Checks that nothing is absent. */
  public KeyFinding {
    requireNonNull(kid, "kid");
    requireNonNull(flaw, "flaw");
  }
}
