package dev.rolecall.apikeys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.internal.InvalidValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line of a file of API keys, which is one JSON object of strings, truth values and whole
 * numbers. Read strictly: no field twice, none unknown, none missing, nothing behind the object.
 */
final class KeyLine {

  /** The first line of each file: an empty file is a fault, and a later form has another number. */
  static final String HEADER = "{\"format\":\"rolecall-api-keys\",\"version\":1}";

  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String CREATED = "created";
  private static final String NOT_AFTER = "not_after";
  private static final String DISABLED = "disabled";
  private static final String SHA256 = "sha256";
  private static final Set<String> FIELDS = Set.of(ID, NAME, CREATED, NOT_AFTER, DISABLED, SHA256);
  private static final int LONGEST = 1_024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1)
                  .maxNameLength(LONGEST)
                  .maxStringLength(LONGEST)
                  .maxDocumentLength(LONGEST)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private KeyLine() {}

  /** The line of that key, without its end. */
  static String of(StoredKey key) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField(ID, key.id().value());
      json.writeStringField(NAME, key.client().name());
      json.writeStringField(CREATED, key.created().toString());
      json.writeStringField(NOT_AFTER, key.notAfter().toString());
      json.writeBooleanField(DISABLED, key.disabled());
      json.writeStringField(SHA256, key.hash().hex());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return line.toString();
  }

  /**
   * The key of that line.
   *
   * @throws IllegalArgumentException if the line is none; the message says why
   */
  static StoredKey read(String line) {
    Map<String, Object> fields = fields(line);
    Set<String> unknown = new TreeSet<>(fields.keySet());
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw InvalidValue.of("field", unknown.iterator().next(), "one of " + new TreeSet<>(FIELDS));
    }
    return new StoredKey(
        new ApiKeyId(string(fields, ID)),
        new ApiClient(string(fields, NAME)),
        instant(fields, CREATED),
        instant(fields, NOT_AFTER),
        truth(fields, DISABLED),
        SecretHash.parse(string(fields, SHA256)));
  }

  private static Map<String, Object> fields(String line) {
    if (line.length() > LONGEST) {
      throw new IllegalArgumentException("too long (expected: at most " + LONGEST + " characters)");
    }
    Map<String, Object> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw noObject();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          fields.put(name, parser.getText());
        } else if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
          fields.put(name, value == JsonToken.VALUE_TRUE);
        } else {
          throw InvalidValue.of(name, "another kind of value", "a string, or true or false");
        }
      }
      if (parser.nextToken() != null) {
        throw noObject();
      }
      return fields;
    } catch (IOException e) {
      // Without the parser's own words, which quote the line.
      throw noObject();
    }
  }

  private static IllegalArgumentException noObject() {
    return new IllegalArgumentException(
        "not one JSON object with each field once (expected: a line as 'rolecall key new' writes)");
  }

  private static String string(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw missing(fields, name, "a string");
  }

  private static boolean truth(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof Boolean truth) {
      return truth;
    }
    throw missing(fields, name, "true or false");
  }

  private static IllegalArgumentException missing(
      Map<String, Object> fields, String name, String expected) {
    return InvalidValue.of(
        name, fields.containsKey(name) ? "another kind of value" : "missing", expected);
  }

  /** In the one spelling that this writes, so that two tools never disagree about a time. */
  private static Instant instant(Map<String, Object> fields, String name) {
    String text = string(fields, name);
    try {
      Instant read = Instant.parse(text);
      if (read.toString().equals(text)) {
        return read;
      }
    } catch (DateTimeException e) {
      // Said below, as of any other text.
    }
    throw InvalidValue.of(name, text, "an instant of UTC, such as 2026-11-29T20:00:00Z");
  }
}
