package dev.rolecall.spring.internal.setting;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The properties that the starter reads, taken from the records that they are bound to, in the
 * spellings that Boot binds.
 *
 * @param settings each property once
 */
record KnownSettings(List<Known> settings) {

  private static final String STARTER = "dev.rolecall.spring";
  private static final String INDEX = "#";
  private static final String KEY = "*";

  KnownSettings {
    settings = List.copyOf(settings);
  }

  /** Those that the records with a prefix have. */
  static KnownSettings of(List<Class<?>> records) {
    List<Known> all = new ArrayList<>();
    records.forEach(
        type ->
            addComponents(
                type,
                List.of(type.getAnnotation(ConfigurationProperties.class).value().split("\\.")),
                all));
    return new KnownSettings(all);
  }

  private static void addComponents(Class<?> type, List<String> prefix, List<Known> all) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      add(component.getGenericType(), with(prefix, name), all);
    }
  }

  private static void add(Type type, List<String> elements, List<Known> all) {
    if (type instanceof ParameterizedType many) {
      boolean map = many.getRawType() == Map.class;
      Type each = many.getActualTypeArguments()[map ? 1 : 0];
      if (!map) {
        all.add(new Known(elements));
      }
      add(each, with(elements, map ? KEY : INDEX), all);
      return;
    }
    all.add(new Known(elements));
    // Records of the starter have properties of their own; those of others are single values.
    if (type instanceof Class<?> single
        && single.isRecord()
        && single.getPackageName().startsWith(STARTER)) {
      addComponents(single, elements, all);
    }
  }

  private static List<String> with(List<String> elements, String last) {
    return Stream.concat(elements.stream(), Stream.of(last)).toList();
  }

  /** Whether a property of that name, in any of Boot's spellings, is one of these. */
  boolean has(ConfigurationPropertyName name) {
    return settings.stream().anyMatch(known -> known.is(name));
  }

  /** Whether an environment variable of that name is bound to one of these. */
  boolean hasVariable(String name) {
    return settings.stream()
        .anyMatch(known -> known.variable.matcher(name.toUpperCase(Locale.ROOT)).matches());
  }

  /**
   * One property.
   *
   * @param elements of its name; {@code #} stands for an index, {@code *} for a key
   * @param variable matches its environment variables, in upper case
   */
  record Known(List<String> elements, Pattern variable) {

    Known(List<String> elements) {
      this(elements, variables(elements));
    }

    Known {
      elements = List.copyOf(elements);
    }

    /** Boot drops the dashes or, as it did before 2.0, makes underscores of them. */
    private static Pattern variables(List<String> elements) {
      return Pattern.compile(
          Stream.of("", "_")
              .map(dash -> spelled(elements, "_", each -> each.replace("-", dash)))
              .map(name -> name.replace(INDEX, "[0-9]+").replace(KEY, "[^_]+"))
              .collect(joining("|")));
    }

    private static String spelled(
        List<String> elements, String between, Function<String, String> element) {
      return elements.stream()
          .map(element)
          .map(each -> each.toUpperCase(Locale.ROOT))
          .collect(joining(between));
    }

    /** As it is written in a file. */
    String property() {
      return String.join(".", elements)
          .replace("." + INDEX, "[0]")
          .replace("channels." + KEY + ".", "channels.<channel>.")
          .replace("." + KEY + ".", ".<alias>.");
    }

    /** As an environment variable. */
    String variableName() {
      return spelled(elements, "_", each -> each.replace("-", ""))
          .replace(INDEX, "0")
          .replace("CHANNELS_" + KEY, "CHANNELS_<CHANNEL>")
          .replace(KEY, "<ALIAS>");
    }

    private boolean is(ConfigurationPropertyName name) {
      if (name.getNumberOfElements() != elements.size()) {
        return false;
      }
      for (int i = 0; i < elements.size(); i++) {
        if (!is(name, i)) {
          return false;
        }
      }
      return true;
    }

    private boolean is(ConfigurationPropertyName name, int place) {
      return switch (elements.get(place)) {
        case INDEX -> name.isNumericIndex(place);
        case KEY -> true;
        default ->
            elements.get(place).replace("-", "").equals(name.getElement(place, Form.UNIFORM));
      };
    }
  }
}
