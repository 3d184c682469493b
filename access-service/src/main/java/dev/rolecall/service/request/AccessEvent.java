package dev.rolecall.service.request;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.grant.PermissionName;
import java.time.Instant;
import java.util.Optional;

/**
 * A change that was made, for the audit trail. There is one for each revision.
 *
 * @param revision the revision that the change made
 * @param word the word for the kind of change; also one that a newer node wrote
 * @param about what it is about
 * @param actor the one who did it; empty for a change that time made
 * @param at the time of the store
 * @param body a JSON object with the details
 */
public record AccessEvent(
    long revision, String word, About about, Optional<Subject> actor, Instant at, String body) {

  /** Checks that nothing is null. */
  public AccessEvent {
    requireNonNull(word, "word");
    requireNonNull(about, "about");
    requireNonNull(actor, "actor");
    requireNonNull(at, "at");
    requireNonNull(body, "body");
  }

  /** The kind of change; empty for one that only newer programs know. */
  public Optional<EventKind> kind() {
    return EventKind.of(word);
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
