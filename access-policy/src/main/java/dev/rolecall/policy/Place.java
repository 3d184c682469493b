package dev.rolecall.policy;

import static java.util.Objects.requireNonNull;

/**
 * A place in one of the texts that a policy is read from.
 *
 * @param source the text, such as a file, as it was named
 * @param position the position in the text
 */
public record Place(String source, Position position) {

  /** Checks that nothing is absent. */
  public Place {
    requireNonNull(source, "source");
    requireNonNull(position, "position");
  }

  /** Where the text of that name begins. */
  public static Place startOf(String source) {
    return new Place(source, Position.START);
  }

  /** The place for a reader of {@code here}: without the source if both are in the same one. */
  public String seenFrom(Place here) {
    return source.equals(here.source) ? position.toString() : toString();
  }

  /** As editors and terminals link it: {@code orders.yaml:7:22}. */
  @Override
  public String toString() {
    return source + ":" + position;
  }
}
