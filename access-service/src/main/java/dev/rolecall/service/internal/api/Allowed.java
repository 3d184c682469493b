package dev.rolecall.service.internal.api;

import dev.rolecall.service.failure.AccessFailure;
import dev.rolecall.service.failure.FailureReason;

/** The check that a caller is of those that the rules name for a purpose. */
final class Allowed {

  private Allowed() {}

  /** The caller, if it is an administrator. */
  static Reply<Viewer> admin(Viewer viewer) {
    return viewer.isAdmin()
        ? Reply.of(viewer)
        : Reply.failed(
            AccessFailure.of(
                FailureReason.NOT_AN_ADMIN,
                "you are no administrator (expected: a caller under admins of the rules)"));
  }

  /** The caller, if it is a server that may follow grants. */
  static Reply<Viewer> enforcer(Viewer viewer) {
    return viewer.isEnforcer() ? Reply.of(viewer) : Reply.failed(AccessFailure.NOT_AN_ENFORCER);
  }
}
