package dev.rolecall.policy.document.internal;

import dev.rolecall.policy.internal.Nearest;
import dev.rolecall.policy.internal.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that one kind of mapping may have, and no others.
 *
 * @param keys the keys, as they are listed in a message
 * @param inner for each key of an inner mapping, the key here under which it belongs
 */
public record KnownKeys(List<String> keys, Map<String, String> inner) {

  static final String ONCE = "once; it is at %s too";

  /** Those keys. */
  public static KnownKeys of(String... keys) {
    return new KnownKeys(List.of(keys), Map.of());
  }

  /** These keys, of which {@code key} has a mapping of those keys. */
  public KnownKeys with(String key, KnownKeys ofKey) {
    Map<String, String> all = new HashMap<>(inner);
    ofKey.keys().forEach(each -> all.put(each, key));
    return new KnownKeys(keys, all);
  }

  /** The fields by key, each once; unknown and repeated keys are reported. */
  public Map<String, Node.Field> fieldsOf(Node.Fields mapping, Remarks remarks) {
    Map<String, Node.Field> known = new HashMap<>();
    FirstPlaces<String> firsts = new FirstPlaces<>(ProblemCode.REPEATED_KEY, remarks);
    for (Node.Field field : mapping.fields()) {
      String key = field.key().value();
      if (!keys.contains(key)) {
        remarks.problem(
            field.key().at(),
            ProblemCode.UNKNOWN_KEY,
            "unknown key " + Printable.quoted(key) + " (expected: " + expectedFor(key) + ")");
      } else if (firsts.take(
          key, field.key().at(), "repeated key " + Printable.quoted(key), ONCE)) {
        known.put(key, field);
      }
    }
    return known;
  }

  private String expectedFor(String key) {
    String outer = inner.get(key);
    if (outer != null) {
      return key + " under " + outer;
    }
    return Nearest.to(key, keys).orElseGet(() -> String.join(", ", keys));
  }
}
