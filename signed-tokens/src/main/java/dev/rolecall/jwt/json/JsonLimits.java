package dev.rolecall.jwt.json;

import dev.rolecall.identity.internal.Range;

/**
 * The bounds of a JSON object to be read.
 *
 * @param bytes the most bytes: 2 to 1,048,576
 * @param depth the most objects and lists within each other, the outermost included: 1 to 32
 * @param members the most members of all objects together: 1 to 10,000
 * @param digits the most characters of a number: 1 to 1,000
 */
public record JsonLimits(int bytes, int depth, int members, int digits) {

  private static final int MOST_BYTES = 1_048_576;
  private static final int MOST_DEPTH = 32;
  private static final int MOST_MEMBERS = 10_000;
  private static final int MOST_DIGITS = 1_000;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a bound lies outside its range
   */
  public JsonLimits {
    Range.check("bytes", bytes, 2, MOST_BYTES);
    Range.check("depth", depth, 1, MOST_DEPTH);
    Range.check("members", members, 1, MOST_MEMBERS);
    Range.check("digits", digits, 1, MOST_DIGITS);
  }
}
