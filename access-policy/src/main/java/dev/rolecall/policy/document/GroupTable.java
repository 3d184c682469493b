package dev.rolecall.policy.document;

import static java.util.stream.Collectors.joining;

import dev.rolecall.policy.Place;
import dev.rolecall.policy.PrincipalGroup;
import dev.rolecall.policy.document.internal.FirstPlaces;
import dev.rolecall.policy.document.internal.NoteCode;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import dev.rolecall.policy.internal.Nearest;
import dev.rolecall.policy.internal.Printable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The groups of one kind that the texts of a policy define, by name.
 *
 * @param <T> the value of a group
 */
final class GroupTable<T> {

  /** The most names that a message lists. */
  private static final int LISTED = 5;

  private final String kind;
  private final Remarks remarks;
  private final FirstPlaces<String> defined;
  private final Map<String, T> values = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private boolean complete = true;

  /**
   * An empty table.
   *
   * @param kind the kind of group, as a message says it
   */
  GroupTable(String kind, Remarks remarks) {
    this.kind = kind;
    this.remarks = remarks;
    this.defined = new FirstPlaces<>(ProblemCode.REPEATED_NAME, remarks);
  }

  /** Says that some groups could not be read, so that a name that is not there is no problem. */
  void incomplete() {
    complete = false;
  }

  /** Takes the name; false if no group may have it or another one has, which has been reported. */
  boolean define(String name, Place at) {
    if (!PrincipalGroup.isValidName(name)) {
      incomplete();
      remarks.problem(
          at,
          ProblemCode.INVALID_NAME,
          named(name) + " (expected: " + PrincipalGroup.EXPECTED_NAME + ")");
      return false;
    }
    String expected = "a unique name; the " + kind + " at %s has it too";
    return defined.take(name, at, named(name), expected);
  }

  /** Gives the group of that name its value. A group without one has had a problem. */
  void set(String name, T value) {
    values.put(name, value);
  }

  /** Whether no text defines that group. Marks it as used. */
  boolean lacks(String name) {
    used.add(name);
    return complete && !defined.places().containsKey(name);
  }

  Optional<T> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * What would be right in the place of a text that names no group.
   *
   * @param before the text before the name
   * @param after the text after the name
   */
  String expectedFor(String name, String before, String after) {
    Set<String> names = defined.places().keySet();
    if (names.isEmpty()) {
      return "one of the policy's " + kind + "s; it has none";
    }
    return Nearest.to(name, names)
        .map(near -> before + near + after)
        .orElseGet(
            () ->
                "one of the policy's "
                    + kind
                    + "s: "
                    + names.stream().limit(LISTED).collect(joining(", "))
                    + (names.size() > LISTED ? ", ..." : ""));
  }

  /** Notes each group that nothing has asked for. */
  void noteUnused(NoteCode code, String by) {
    defined
        .places()
        .forEach(
            (name, at) -> {
              if (!used.contains(name)) {
                remarks.note(at, code, named(name) + " is used by no " + by);
              }
            });
  }

  /** The group in a message, such as {@code group "writers"}. */
  String named(String name) {
    return kind + " " + Printable.quoted(name);
  }
}
