package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.Place;
import java.util.Map;

/**
 * A mapping whose keys have been checked.
 *
 * @param what the mapping in a message, such as {@code the rule}
 * @param at the place where it begins
 * @param fields the fields by key, known keys alone
 */
public record Mapping(String what, Place at, Map<String, Node.Field> fields) {

  /** Checks that nothing is absent. */
  public Mapping {
    fields = Map.copyOf(fields);
  }
}
