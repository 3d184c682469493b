package dev.rolecall.jwt.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The writer of trees, which leaves out white space and keeps the order of members. */
final class JsonWriter {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonWriter() {}

  static byte[] write(JsonValue.Members members) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(json)) {
      write(members, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no stream in memory throws
    }
    return json.toByteArray();
  }

  private static void write(JsonValue value, JsonGenerator json) throws IOException {
    if (value instanceof JsonValue.Text text) {
      json.writeString(text.value());
    } else if (value instanceof JsonValue.Whole number) {
      json.writeNumber(number.value());
    } else if (value instanceof JsonValue.Fraction number) {
      json.writeNumber(number.literal());
    } else if (value instanceof JsonValue.Truth truth) {
      json.writeBoolean(truth.value());
    } else if (value instanceof JsonValue.Nothing) {
      json.writeNull();
    } else if (value instanceof JsonValue.Items items) {
      json.writeStartArray();
      for (JsonValue item : items.values()) {
        write(item, json);
      }
      json.writeEndArray();
    } else if (value instanceof JsonValue.Members members) {
      json.writeStartObject();
      for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
        json.writeFieldName(member.getKey());
        write(member.getValue(), json);
      }
      json.writeEndObject();
    } else {
      throw new AssertionError(value);
    }
  }
}
