package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The places where values stand first that must stand in a policy's texts once. Not safe for use by
 * several threads at once.
 *
 * @param <T> the kind of value
 */
public final class FirstPlaces<T> {

  private final Map<T, Place> places = new LinkedHashMap<>();
  private final ProblemCode code;
  private final Remarks remarks;

  /**
   * No place yet.
   *
   * @param code the kind of problem that a value is which stands there again
   */
  public FirstPlaces(ProblemCode code, Remarks remarks) {
    this.code = code;
    this.remarks = remarks;
  }

  /**
   * Takes the value; false if it stands at another place already, which has been reported.
   *
   * @param named the value, as a message says it
   * @param expected the words for what would be right, with {@code %s} for the first place
   */
  public boolean take(T value, Place at, String named, String expected) {
    Place first = places.putIfAbsent(value, at);
    if (first != null) {
      String right = expected.formatted(first.seenFrom(at));
      remarks.problem(at, code, named + " (expected: " + right + ")");
    }
    return first == null;
  }

  /** The first place of each value, in the order they were taken; cannot be changed. */
  public Map<T, Place> places() {
    return Collections.unmodifiableMap(places);
  }
}
