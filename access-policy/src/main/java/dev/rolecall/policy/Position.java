package dev.rolecall.policy;

import java.util.Comparator;

/**
 * A place in a policy's text.
 *
 * @param line the line, from 1
 * @param column the character in the line, from 1; a character beyond the BMP is one
 */
public record Position(int line, int column) implements Comparable<Position> {

  /** Where every text begins. */
  public static final Position START = new Position(1, 1);

  private static final Comparator<Position> IN_TEXT =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if either is below 1
   */
  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "position: " + line + ":" + column + " (expected: both at least 1)");
    }
  }

  /** Orders places as a reader meets them. */
  @Override
  public int compareTo(Position other) {
    return IN_TEXT.compare(this, other);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
