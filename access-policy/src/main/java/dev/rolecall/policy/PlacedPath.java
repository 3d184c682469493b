package dev.rolecall.policy;

import java.util.Optional;

/** A pattern of methods and where it is written; nowhere for one that a builder was given. */
record PlacedPath(MethodPattern pattern, Optional<Position> at) {

  static PlacedPath unplaced(String text) {
    return new PlacedPath(MethodPattern.parse(text), Optional.empty());
  }
}
