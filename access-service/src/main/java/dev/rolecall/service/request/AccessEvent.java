package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import java.time.Instant;
import java.util.Optional;

/**
 * A change that was made, for the audit trail. There is one for each revision.
 *
 * @param revision the revision that the change made
 * @param kind the kind of change
 * @param about what it is about
 * @param actor the one who did it; empty for a change that time made
 * @param at the time of the store
 * @param body a JSON object with the details
 */
public record AccessEvent(
    long revision, EventKind kind, About about, Optional<Subject> actor, Instant at, String body) {

  /** Checks that nothing is null. */
  public AccessEvent {
    requireNonNull(kind, "kind");
    requireNonNull(about, "about");
    requireNonNull(actor, "actor");
    requireNonNull(at, "at");
    requireNonNull(body, "body");
  }

  /**
   * The things that an event is about.
   *
   * @param ref the id of the request, grant, lock or key
   * @param grantId the grant that it made or changed, if any
   * @param permission the permission, if any
   */
  public record About(String ref, Optional<String> grantId, Optional<PermissionName> permission) {

    /** Checks that nothing is null. */
    public About {
      requireNonNull(ref, "ref");
      requireNonNull(grantId, "grantId");
      requireNonNull(permission, "permission");
    }
  }
}
