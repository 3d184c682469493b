package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A lock that is to be set.
 *
 * @param target the callers it is for
 * @param limits how far it goes
 * @param actor the one who locks
 * @param reason the reason, if any
 */
public record NewLock(
    LockTarget target, AccessLock.Limits limits, Subject actor, Optional<FreeText> reason) {

  /** Checks that nothing is null. */
  public NewLock {
    requireNonNull(target, "target");
    requireNonNull(limits, "limits");
    requireNonNull(actor, "actor");
    requireNonNull(reason, "reason");
  }
}
