package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A pattern of methods and the place where it is written.
 *
 * @param pattern the pattern
 * @param at the place; empty for a pattern that a builder was given
 */
public record PlacedPath(MethodPattern pattern, Optional<Place> at) {

  /** Checks that nothing is absent. */
  public PlacedPath {
    requireNonNull(pattern, "pattern");
    requireNonNull(at, "at");
  }

  /**
   * A pattern that is written nowhere.
   *
   * @throws IllegalArgumentException if the text is no pattern
   */
  public static PlacedPath unplaced(String text) {
    return new PlacedPath(MethodPattern.parse(text), Optional.empty());
  }
}
