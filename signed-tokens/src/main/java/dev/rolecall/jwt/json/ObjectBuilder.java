package dev.rolecall.jwt.json;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds an object member by member. Not safe for use by several threads at once. */
public final class ObjectBuilder {

  private final Map<String, JsonValue> values = new LinkedHashMap<>();

  /** Begins with no member. */
  public ObjectBuilder() {}

  /**
   * Adds a member.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  public ObjectBuilder put(String name, JsonValue value) {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    if (values.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException("a name stands twice (expected: each name once)");
    }
    return this;
  }

  /** Adds a text. */
  public ObjectBuilder put(String name, String value) {
    return put(name, new JsonValue.Text(value));
  }

  /** Adds a whole number. */
  public ObjectBuilder put(String name, long value) {
    return put(name, new JsonValue.Whole(value));
  }

  /** Adds true or false. */
  public ObjectBuilder put(String name, boolean value) {
    return put(name, new JsonValue.Truth(value));
  }

  /** Adds a list of texts. */
  public ObjectBuilder put(String name, List<String> values) {
    return put(
        name, new JsonValue.Items(values.stream().<JsonValue>map(JsonValue.Text::new).toList()));
  }

  /** The object of the members added so far. */
  public JsonValue.Members build() {
    return new JsonValue.Members(values);
  }
}
