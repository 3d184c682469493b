package dev.rolecall.policytools.suggest;

import static java.util.Objects.requireNonNull;

import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The callers that called the same methods and had the same actor and the same kind of grant, which
 * makes them one rule.
 *
 * @param paths the methods
 * @param actor the party that acted for them; empty if they acted for themselves
 * @param permission the permission that their calls need a grant of; empty if they need none
 * @param callers the calls of each, by method
 */
record CallersAlike(
    SortedSet<String> paths,
    String actor,
    String permission,
    SortedMap<String, SortedMap<String, Tally>> callers) {

  /** The calls of that method, of all of them together. */
  Tally of(String path) {
    return Tally.together(
        callers.values().stream()
            .map(methods -> requireNonNull(methods.get(path), "path"))
            .toList());
  }
}
