package dev.rolecall.tests.policies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * All the texts, in JSON, that differ from a text in one place: a value of another kind, a key too
 * many or too few, a character changed, added or left out.
 */
final class TextVariants {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CHARACTERS = " *?:/#{}%-_A0\u00e9\n";

  private TextVariants() {}

  static List<String> of(String text) {
    Object root = new Load(LoadSettings.builder().build()).loadFromString(text);
    return variants(root).stream().map(JSON::writeValueAsString).distinct().toList();
  }

  private static List<@Nullable Object> variants(@Nullable Object node) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object other : new Object[] {7, true, "", "x", List.of(), List.of("x"), Map.of()}) {
      all.add(other);
    }
    all.add(null);
    all.add(Map.of("x", "y"));
    if (node instanceof Map<?, ?> mapping) {
      ofMapping(mapping, all);
    } else if (node instanceof List<?> list) {
      ofList(list, all);
    } else if (node instanceof String text) {
      ofText(text, all);
    }
    return all;
  }

  private static void ofMapping(Map<?, ?> mapping, List<@Nullable Object> all) {
    all.add(changed(mapping, copy -> with(copy, "x", "y")));
    for (Map.Entry<?, ?> entry : mapping.entrySet()) {
      String key = String.valueOf(entry.getKey());
      all.add(changed(mapping, copy -> without(copy, key)));
      for (String other : List.of(key.toUpperCase(Locale.ROOT), key + "s", "_" + key, key + " ")) {
        all.add(changed(mapping, copy -> with(without(copy, key), other, entry.getValue())));
      }
      for (Object variant : variants(entry.getValue())) {
        all.add(changed(mapping, copy -> with(copy, key, variant)));
      }
    }
  }

  private static Map<String, @Nullable Object> changed(
      Map<?, ?> mapping, UnaryOperator<Map<String, @Nullable Object>> change) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    mapping.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return change.apply(copy);
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> mapping, String key, @Nullable Object value) {
    mapping.put(key, value);
    return mapping;
  }

  private static Map<String, @Nullable Object> without(
      Map<String, @Nullable Object> mapping, String key) {
    mapping.remove(key);
    return mapping;
  }

  private static void ofList(List<?> list, List<@Nullable Object> all) {
    for (int i = 0; i < list.size(); i++) {
      for (Object variant : variants(list.get(i))) {
        List<@Nullable Object> copy = new ArrayList<>(list);
        copy.set(i, variant);
        all.add(copy);
      }
      List<@Nullable Object> twice = new ArrayList<>(list);
      twice.add(list.get(i));
      all.add(twice);
    }
  }

  private static void ofText(String text, List<@Nullable Object> all) {
    all.add(text.toUpperCase(Locale.ROOT));
    all.add(text + text);
    all.add(text + "x".repeat(1_000));
    // One change at each place, of three kinds in turn: all kinds stand at each kind of place.
    for (int i = 0; i <= text.length(); i++) {
      String before = text.substring(0, i);
      String after = text.substring(i);
      char other = CHARACTERS.charAt((i + text.length()) % CHARACTERS.length());
      if (i % 3 == 0 || after.isEmpty()) {
        all.add(before + other + after);
      } else {
        all.add(before + (i % 3 == 1 ? "" : String.valueOf(other)) + after.substring(1));
      }
    }
  }
}
