package dev.rolecall.policy;

import java.util.Comparator;

/**
 * A place in a policy's text.
 *
 * @param line the line, from 1
 * @param column the character in the line, from 1; a character beyond the BMP is one
 */
public record Position(int line, int column) {

  static final Position START = new Position(1, 1);
  static final Comparator<Position> IN_TEXT =
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

  /** The place after {@code text}, if that is how the whole text begins. */
  static Position after(CharSequence text) {
    int line = 1;
    int column = 1;
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      boolean pairs =
          characters[i] == '\r' && i + 1 < characters.length && characters[i + 1] == '\n';
      if ((characters[i] == '\n' || characters[i] == '\r') && !pairs) {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Position(line, column);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
