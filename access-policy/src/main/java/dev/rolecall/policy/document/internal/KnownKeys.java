package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.internal.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that one kind of mapping may have, and no others.
 *
 * @param keys the keys, as they are listed in a message
 */
public record KnownKeys(List<String> keys) {

  /** How many letters may be wrong for a key to be taken for a slip of a known one. */
  private static final int SLIP = 3;

  /** Those keys. */
  public static KnownKeys of(String... keys) {
    return new KnownKeys(List.of(keys));
  }

  /** The fields by key, each once; unknown and repeated keys are reported. */
  public Map<String, Node.Field> fieldsOf(Node.Fields mapping, Remarks remarks) {
    Map<String, Node.Field> known = new HashMap<>();
    for (Node.Field field : mapping.fields()) {
      String key = field.key().value();
      if (!keys.contains(key)) {
        remarks.problem(
            field.key().at(),
            ProblemCode.UNKNOWN_KEY,
            "unknown key " + Printable.quoted(key) + " (expected: " + expectedFor(key) + ")");
      } else {
        Node.Field first = known.putIfAbsent(key, field);
        if (first != null) {
          remarks.problem(
              field.key().at(),
              ProblemCode.REPEATED_KEY,
              "repeated key "
                  + Printable.quoted(key)
                  + " (expected: once; it is at "
                  + first.key().at().seenFrom(field.key().at())
                  + " too)");
        }
      }
    }
    return known;
  }

  private String expectedFor(String key) {
    return nearest(key).orElseGet(() -> String.join(", ", keys));
  }

  private Optional<String> nearest(String key) {
    // A key this long is no slip, and the distance takes time that grows with it.
    if (key.length() > 40) {
      return Optional.empty();
    }
    return keys.stream()
        .filter(known -> distance(known, key) <= Math.min(SLIP, known.length() / 2))
        .min((one, other) -> Integer.compare(distance(one, key), distance(other, key)));
  }

  /** Letters to change, add or leave out to get from one to the other (Levenshtein). */
  private static int distance(String from, String to) {
    int[] before = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[to.length()];
  }
}
