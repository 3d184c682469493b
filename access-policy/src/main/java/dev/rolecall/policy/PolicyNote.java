package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

/**
 * Something a policy says that may not be what its writer meant; the policy is valid all the same.
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

  @Override
  public String toString() {
    return source + ":" + at + ": " + message;
  }
}
