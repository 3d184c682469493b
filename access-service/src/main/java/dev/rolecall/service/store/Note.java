package dev.rolecall.service.store;

import static java.util.Objects.requireNonNull;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.Subject;

/**
 * An event that is to be written.
 *
 * @param kind the kind
 * @param about what it is about
 * @param actor the one who did it
 * @param body a JSON object with the details
 */
public record Note(EventKind kind, AccessEvent.About about, Subject actor, String body) {

  /** Checks that nothing is null. */
  public Note {
    requireNonNull(kind, "kind");
    requireNonNull(about, "about");
    requireNonNull(actor, "actor");
    requireNonNull(body, "body");
  }
}
