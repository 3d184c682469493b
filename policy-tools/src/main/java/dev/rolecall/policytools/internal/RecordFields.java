package dev.rolecall.policytools.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The fields of a line that is one JSON object: its scalar values by their paths. */
public final class RecordFields {

  /** A name that comes twice is an error: readers would not agree which one counts. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private RecordFields() {}

  /**
   * The fields, by paths such as {@code unmapped.method}; a member of an array by its place, as in
   * {@code unmapped.actors.0}. Empty if the line is not one JSON object, or has a name twice.
   *
   * @param length how many bytes of the line count
   */
  public static Optional<Map<String, String>> of(byte[] line, int length) {
    try (JsonParser json = JSON.createParser(line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, String> fields = new HashMap<>();
      read(json, "", fields);
      return json.nextToken() == null ? Optional.of(fields) : Optional.empty();
    } catch (IOException e) {
      // Not JSON, as a whole or in part. The one who asks counts it.
      return Optional.empty();
    }
  }

  /** Reads an object or an array, nested as deep as the parser allows. */
  private static void read(JsonParser json, String path, Map<String, String> fields)
      throws IOException {
    boolean isArray = json.currentToken() == JsonToken.START_ARRAY;
    int place = 0;
    for (JsonToken next = json.nextToken(); !next.isStructEnd(); next = json.nextToken()) {
      String name = path + (isArray ? Integer.toString(place++) : json.currentName());
      if ((isArray ? next : json.nextToken()).isStructStart()) {
        read(json, name + ".", fields);
      } else {
        fields.put(name, json.getText());
      }
    }
  }
}
