package dev.rolecall.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.rolecall.cli.arguments.ArgumentTypes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The JSON Schema of a configuration file, for editors: its keys, their kinds and their
 * descriptions are those of the options.
 */
public final class EditorSchemaText {

  private static final Path FOLDER = Path.of("..", "docs", "schema");
  private static final String WRITE = "rolecall.write-schemas";
  private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class);

  private final String title;
  private final String description;
  private final Object front;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /**
   * A key whose value is a mapping from names to sections.
   *
   * @param section the name of one section
   * @param model an object with its options
   * @param required the keys that each must have
   */
  private record Part(String description, String section, Object model, List<String> required) {}

  private EditorSchemaText(String title, String description, Object front) {
    this.title = title;
    this.description = description;
    this.front = front;
  }

  /** A schema of a file whose outermost keys are the options of that object. */
  public static EditorSchemaText of(String title, String description, Object front) {
    return new EditorSchemaText(title, description, front);
  }

  /** The same with a key for named sections, of which there is at least one. */
  public EditorSchemaText with(
      String key, String told, String section, Object model, String... required) {
    parts.put(key, new Part(told, section, model, List.of(required)));
    return this;
  }

  /** Fails unless the file has this text; writes it where a system property says so. */
  public void assertWrittenIn(String name) throws IOException {
    Path file = FOLDER.resolve(name);
    String text = text();
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(file, text);
    }
    assertThat(Files.exists(file) ? Files.readString(file, UTF_8) : "")
        .as("%s follows the options; run this test with -D%s=true to write it anew", file, WRITE)
        .isEqualTo(text);
  }

  private String text() throws IOException {
    StringWriter text = new StringWriter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(
          new DefaultPrettyPrinter(
                  Separators.createDefaultInstance()
                      .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
              .withObjectIndenter(lines)
              .withArrayIndenter(lines));
      write(json);
    }
    return text + "\n";
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("$schema", "http://json-schema.org/draft-07/schema#");
    json.writeStringField("title", title);
    json.writeStringField("description", description);
    beginMapping(json, List.copyOf(parts.keySet()));
    writeOptions(json, front);
    for (Map.Entry<String, Part> each : parts.entrySet()) {
      json.writeObjectFieldStart(each.getKey());
      json.writeStringField("type", "object");
      json.writeStringField("description", each.getValue().description());
      json.writeNumberField("minProperties", 1);
      json.writeObjectFieldStart("additionalProperties");
      json.writeStringField("$ref", "#/definitions/" + each.getValue().section());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("definitions");
    for (Part part : parts.values()) {
      json.writeObjectFieldStart(part.section());
      beginMapping(json, part.required());
      writeOptions(json, part.model());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void beginMapping(JsonGenerator json, List<String> required) throws IOException {
    json.writeStringField("type", "object");
    json.writeBooleanField("additionalProperties", false);
    json.writeArrayFieldStart("required");
    for (String key : required) {
      json.writeString(key);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("properties");
  }

  private static Map<String, OptionSpec> options(Object model) {
    Map<String, OptionSpec> options = new TreeMap<>();
    ArgumentTypes.registerIn(new CommandLine(model))
        .getCommandSpec()
        .options()
        .forEach(option -> options.put(ConfigSection.key(option), option));
    return options;
  }

  private void writeOptions(JsonGenerator json, Object model) throws IOException {
    Map<String, OptionSpec> options = options(model);
    for (Map.Entry<String, OptionSpec> each : options.entrySet()) {
      OptionSpec option = each.getValue();
      json.writeObjectFieldStart(each.getKey());
      json.writeStringField("description", inFile(option));
      if (option.arity().max() == 0) {
        json.writeStringField("type", "boolean");
      } else if (option.isMultiValue()) {
        json.writeArrayFieldStart("anyOf");
        json.writeStartObject();
        writeValue(json, option);
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "array");
        json.writeObjectFieldStart("items");
        writeValue(json, option);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
      } else {
        writeValue(json, option);
      }
      json.writeEndObject();
    }
  }

  private static void writeValue(JsonGenerator json, OptionSpec option) throws IOException {
    Class<?> type = option.typeInfo().isMultiValue() ? String.class : option.type();
    if (WHOLE.contains(type)) {
      json.writeStringField("type", "integer");
      return;
    }
    json.writeStringField("type", "string");
    json.writeNumberField("minLength", 1);
  }

  /** The option's own words, with the names that options have in the file. */
  private String inFile(OptionSpec option) {
    String words =
        String.join(" ", option.description())
            .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
    Map<String, OptionSpec> known = new TreeMap<>(options(front));
    parts.values().forEach(part -> known.putAll(options(part.model())));
    for (Map.Entry<String, OptionSpec> each : known.entrySet()) {
      words =
          words.replaceAll(
              "(?<![\\w-])" + each.getValue().longestName() + "(?![\\w-])", each.getKey());
    }
    return words;
  }
}
