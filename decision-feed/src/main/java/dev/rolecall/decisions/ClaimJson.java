package dev.rolecall.decisions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.identity.ClaimValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** The value of a claim as JSON. */
final class ClaimJson {

  private static final JsonFactory JSON = new JsonFactory();

  private ClaimJson() {}

  static String of(ClaimValue value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, ClaimValue value) throws IOException {
    if (value instanceof ClaimValue.Text text) {
      json.writeString(text.value());
    } else if (value instanceof ClaimValue.Whole whole) {
      json.writeNumber(whole.value());
    } else if (value instanceof ClaimValue.Truth truth) {
      json.writeBoolean(truth.value());
    } else if (value instanceof ClaimValue.Items items) {
      json.writeStartArray();
      for (ClaimValue each : items.values()) {
        write(json, each);
      }
      json.writeEndArray();
    } else if (value instanceof ClaimValue.Members members) {
      json.writeStartObject();
      for (Map.Entry<String, ClaimValue> each : new TreeMap<>(members.values()).entrySet()) {
        json.writeFieldName(each.getKey());
        write(json, each.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeNull();
    }
  }
}
