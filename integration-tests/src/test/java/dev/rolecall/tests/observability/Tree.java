package dev.rolecall.tests.observability;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The content of a YAML or JSON text, as maps and lists. JSON is YAML. */
final class Tree {

  private Tree() {}

  static Map<?, ?> read(String text) {
    return map(
        new Load(LoadSettings.builder().setParseComments(false).build()).loadFromString(text));
  }

  static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError("no object: " + value);
  }

  static List<Map<?, ?>> maps(@Nullable Object value) {
    return list(value).stream().<Map<?, ?>>map(Tree::map).toList();
  }

  static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new AssertionError("no list: " + value);
  }
}
