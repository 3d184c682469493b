package dev.rolecall.policy;

/**
 * A place in a policy's text.
 *
 * @param line the line, from 1
 * @param column the character in the line, from 1; a character beyond the BMP is one
 */
public record Position(int line, int column) {

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

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
