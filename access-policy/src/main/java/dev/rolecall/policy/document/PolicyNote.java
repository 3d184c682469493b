package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.Position;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.List;

/**
 * A note on a part of a valid policy that may not be what its writer meant.
 *
 * @param source the policy's file, as it was named
 * @param at the place of the value
 * @param message the value and what it means, on one line
 */
public record PolicyNote(String source, Position at, String message) {

  /** Checks that nothing is absent. */
  public PolicyNote {
    requireNonNull(source, "source");
    requireNonNull(at, "at");
    requireNonNull(message, "message");
  }

  static List<PolicyNote> of(String source, Remarks remarks) {
    return remarks.notes().stream()
        .map(note -> new PolicyNote(source, note.at(), note.message()))
        .toList();
  }

  @Override
  public String toString() {
    return source + ":" + at + ": " + message;
  }
}
