package dev.rolecall.grants.internal.known;

import static java.util.Objects.requireNonNull;

/**
 * A place in the history of a service.
 *
 * @param epoch the name of the history; empty for none
 * @param revision the number of changes in it
 */
public record Position(String epoch, long revision) {

  /** The place before any history. */
  public static final Position NONE = new Position("", 0);

  /**
   * Checks the sign.
   *
   * @throws IllegalArgumentException if the revision is negative
   */
  public Position {
    requireNonNull(epoch, "epoch");
    if (revision < 0) {
      throw new IllegalArgumentException("revision: " + revision + " (expected: 0 or more)");
    }
  }

  /** Whether it lies before the other in the same history. */
  public boolean isBehind(Position other) {
    return epoch.equals(other.epoch) && revision < other.revision;
  }
}
