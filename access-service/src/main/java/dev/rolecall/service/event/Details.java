package dev.rolecall.service.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rolecall.service.request.AccessEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The details of an event that are one text or number, by name. Lists are left out.
 *
 * @param fields the fields
 */
record Details(Map<String, String> fields) {

  private static final JsonFactory JSON = new JsonFactory();

  Details {
    fields = Map.copyOf(fields);
  }

  static Details of(AccessEvent event) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(event.body())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken().isScalarValue()) {
          fields.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      // Going on is safe: the event keeps what stands beside its details.
      return new Details(Map.of());
    }
    return new Details(fields);
  }

  /**
   * Writes the details of an event as a value, by the escapes of the writer: as they are kept, a
   * reason may have characters that a terminal obeys.
   */
  static void write(AccessEvent event, JsonGenerator json) throws IOException {
    try (JsonParser parser = JSON.createParser(event.body())) {
      parser.nextToken();
      json.copyCurrentStructure(parser);
    }
  }

  /** The one whose access the event is about, if it names one. */
  Optional<String> party() {
    return get("beneficiary").or(() -> get("holder")).or(() -> get("target"));
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
