package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.List;

/**
 * A note on a part of a valid policy that may not be what its writer meant.
 *
 * @param at the place of the value
 * @param code the kind of note, a stable word for tools, such as {@code spans-services}
 * @param message the value and what it means, on one line
 */
public record PolicyNote(Place at, String code, String message) {

  /** Checks that nothing is absent. */
  public PolicyNote {
    requireNonNull(code, "code");
    requireNonNull(at, "at");
    requireNonNull(message, "message");
  }

  static List<PolicyNote> of(Remarks remarks) {
    return remarks.notes().stream()
        .map(note -> new PolicyNote(note.at(), note.code(), note.message()))
        .toList();
  }

  @Override
  public String toString() {
    return at + ": " + message;
  }
}
