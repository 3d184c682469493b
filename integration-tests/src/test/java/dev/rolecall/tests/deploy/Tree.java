package dev.rolecall.tests.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * JSON and YAML as maps, lists and scalars, to be compared: whether a single value stands in a list
 * does not matter to IAM, and so not here.
 */
final class Tree {

  private Tree() {}

  /** Of JSON, which YAML includes. */
  static Object ofJson(String text) {
    return plain(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  /** The same, without lists of one. */
  static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, each) -> plain.put(key, plain(each)));
      return plain;
    }
    if (value instanceof List<?> list) {
      List<Object> plain = list.stream().map(each -> plain((Object) each)).toList();
      return plain.size() == 1 ? plain.get(0) : plain;
    }
    return value;
  }

  /**
   * What stands there: each step is a key, or a place in a list.
   *
   * @throws AssertionError if there is nothing
   */
  static Object at(Object value, Object... steps) {
    Object found = value;
    for (Object step : steps) {
      Object next =
          step instanceof Integer place
              ? ((List<?>) found).get(place)
              : ((Map<?, ?>) found).get(step);
      if (next == null) {
        throw new AssertionError("there is no " + step + " in " + found);
      }
      found = next;
    }
    return found;
  }

  /** The list that stands there. */
  static List<Object> list(Object value, Object... steps) {
    return List.copyOf((List<?>) at(value, steps));
  }

  /** The map that stands there. */
  static Map<?, ?> map(Object value, Object... steps) {
    return (Map<?, ?>) at(value, steps);
  }
}
