package dev.rolecall.service.store.internal.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.rolecall.identity.RoleId;
import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.policy.grant.ResourceName;
import dev.rolecall.service.request.Subject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Subjects and lists as JSON text, in ASCII alone, which columns keep. */
public final class JsonText {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private JsonText() {}

  public static String of(Subject subject) {
    return object(
        json -> {
          json.writeStringField("principal", subject.principal());
          if (subject.roleId().isPresent()) {
            json.writeStringField("role_id", subject.roleId().get().value());
          }
          if (subject.person().isPresent()) {
            json.writeStringField("person", subject.person().get());
          }
        });
  }

  public static Subject subject(String text) {
    List<Subject> read = new ArrayList<>();
    read(text, parser -> read.add(subject(parser)));
    return read.get(0);
  }

  /** A text as it stands between the quotes of a value. */
  public static String escaped(String text) {
    String list = list(List.of(text));
    return list.substring(2, list.length() - 2);
  }

  /** Whether one of these fields of an object is a text that is wanted. */
  public static boolean hasText(String object, Set<String> fields, Predicate<String> wanted) {
    boolean[] found = new boolean[1];
    read(
        object,
        parser -> {
          while (!found[0] && parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean asked = fields.contains(parser.currentName());
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
              found[0] = asked && wanted.test(parser.getText());
            } else {
              parser.skipChildren();
            }
          }
        });
    return found[0];
  }

  public static String ofSubjects(List<Subject> subjects) {
    return subjects.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
  }

  public static List<Subject> subjects(String text) {
    List<Subject> subjects = new ArrayList<>();
    read(
        text,
        parser -> {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            subjects.add(subject(parser));
          }
        });
    return subjects;
  }

  private static Subject subject(JsonParser parser) throws IOException {
    Map<String, String> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      fields.put(name, parser.nextTextValue());
    }
    return new Subject(
        fields.getOrDefault("principal", ""),
        Optional.ofNullable(fields.get("role_id")).map(RoleId::parse),
        Optional.ofNullable(fields.get("person")));
  }

  public static String ofResources(List<ResourceName> resources) {
    return list(resources.stream().map(ResourceName::value).toList());
  }

  public static List<ResourceName> resources(String text) {
    return list(text, ResourceName::of);
  }

  public static String ofPermissions(List<PermissionName> permissions) {
    return list(permissions.stream().map(PermissionName::value).toList());
  }

  public static List<PermissionName> permissions(String text) {
    return list(text, PermissionName::of);
  }

  private static String list(List<String> values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return text.toString();
  }

  private static <T> List<T> list(String text, Function<String, T> parse) {
    List<T> values = new ArrayList<>();
    read(
        text,
        parser -> {
          while (parser.nextToken() == JsonToken.VALUE_STRING) {
            values.add(parse.apply(parser.getText()));
          }
        });
    return values;
  }

  /** An object with the fields that the writer writes. */
  public static String object(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return text.toString();
  }

  private static void read(String text, Reading reading) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      reading.read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("a column of the store is not the JSON that it wrote", e);
    }
  }

  /** Writes fields. */
  @FunctionalInterface
  public interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** Reads what follows the first token. */
  @FunctionalInterface
  private interface Reading {
    void read(JsonParser parser) throws IOException;
  }
}
