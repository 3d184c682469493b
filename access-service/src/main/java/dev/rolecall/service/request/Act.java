package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An act of a caller.
 *
 * @param actor the one who did it
 * @param at the time of the store
 * @param reason the reason that was given, if any
 */
public record Act(Subject actor, Instant at, Optional<FreeText> reason) {

  /** Checks that nothing is null. */
  public Act {
    requireNonNull(actor, "actor");
    requireNonNull(at, "at");
    requireNonNull(reason, "reason");
  }
}
