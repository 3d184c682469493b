package dev.rolecall.stsemulator.internal.token;

import static java.util.stream.Collectors.joining;

import dev.rolecall.stsemulator.internal.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JSON object that is written field by field, in the order given. Not safe for many threads. */
public final class JsonObject {

  private final List<String> fields = new ArrayList<>();

  /** An object without fields. */
  public JsonObject() {}

  /** Adds a string. */
  public JsonObject text(String name, String value) {
    return add(name, JsonText.quoted(value));
  }

  /** Adds a whole number. */
  public JsonObject number(String name, long value) {
    return add(name, Long.toString(value));
  }

  /** Adds a list of strings. */
  public JsonObject texts(String name, List<String> values) {
    return add(name, values.stream().map(JsonText::quoted).collect(joining(",", "[", "]")));
  }

  /** Adds an object of strings, unless there are none. */
  public JsonObject textsUnlessEmpty(String name, Map<String, String> values) {
    if (values.isEmpty()) {
      return this;
    }
    JsonObject inner = new JsonObject();
    values.forEach(inner::text);
    return object(name, inner);
  }

  /** Adds an object. */
  public JsonObject object(String name, JsonObject value) {
    return add(name, value.toString());
  }

  /** Adds a list of objects. */
  public JsonObject objects(String name, List<JsonObject> values) {
    return add(name, values.stream().map(JsonObject::toString).collect(joining(",", "[", "]")));
  }

  private JsonObject add(String name, String value) {
    fields.add(JsonText.quoted(name) + ":" + value);
    return this;
  }

  /** The JSON text, without white space. */
  @Override
  public String toString() {
    return fields.stream().collect(joining(",", "{", "}"));
  }
}
