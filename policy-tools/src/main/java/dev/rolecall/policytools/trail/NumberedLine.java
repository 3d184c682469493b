package dev.rolecall.policytools.trail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a line that say its place in a trail. */
final class NumberedLine {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final String ATTESTED = "attestation_list.0.fingerprint.value";
  private static final String PREVIOUS = "attestation_list.0.prev_event.fingerprint.value";

  private final Map<String, String> fields;
  private final long sequence;
  private final long takes;

  private NumberedLine(Map<String, String> fields, long sequence, long takes) {
    this.fields = fields;
    this.sequence = sequence;
    this.takes = takes;
  }

  /** Reads a line; empty if it is no numbered record. */
  static Optional<NumberedLine> read(byte[] line, int length) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      read(json, "", fields);
      return json.nextToken() == null ? of(fields) : Optional.empty();
    } catch (IOException e) {
      // Not JSON, or a name twice. The one who asks says so.
      return Optional.empty();
    }
  }

  /** The scalars by their paths; an array's members by their places. */
  private static void read(JsonParser json, String path, Map<String, String> into)
      throws IOException {
    boolean isArray = json.currentToken() == JsonToken.START_ARRAY;
    int place = 0;
    JsonToken token = json.nextToken();
    while (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
      String name = path + (isArray ? Integer.toString(place++) : json.currentName());
      JsonToken value = isArray ? token : json.nextToken();
      if (value.isScalarValue()) {
        into.put(name, json.getText());
      } else {
        read(json, name + ".", into);
      }
      token = json.nextToken();
    }
  }

  private static Optional<NumberedLine> of(Map<String, String> fields) {
    long sequence = number(fields, "metadata.sequence");
    boolean isLoss = "records_lost".equals(fields.get("unmapped.decision"));
    long takes = 1 + Math.max(0, number(fields, isLoss ? "count" : "unmapped.left_out"));
    return fields.containsKey("unmapped.trail") && takes >= 1 && sequence >= takes
        ? Optional.of(new NumberedLine(fields, sequence, takes))
        : Optional.empty();
  }

  private static long number(Map<String, String> fields, String path) {
    try {
      return Long.parseLong(fields.getOrDefault(path, "-1"));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  String trail() {
    return text("unmapped.trail");
  }

  /** The last number that it takes. */
  long sequence() {
    return sequence;
  }

  /** The first number that it takes. */
  long first() {
    return sequence - takes + 1;
  }

  /** How many decisions it stands for besides its own. */
  long besides() {
    return takes - 1;
  }

  boolean is(String decision) {
    return decision.equals(text("unmapped.decision"));
  }

  /** The fingerprint that it has of itself; empty if it is in no chain. */
  String fingerprint() {
    return text(ATTESTED);
  }

  /** The fingerprint that it has of the line before it; empty if it has none. */
  String previous() {
    return text(PREVIOUS);
  }

  /** Whether a first line says that its trail has a chain. */
  boolean beginsChain() {
    return text("unmapped.hash_chain").equals("true");
  }

  String text(String path) {
    return fields.getOrDefault(path, "");
  }

  long number(String path) {
    return number(fields, path);
  }
}
