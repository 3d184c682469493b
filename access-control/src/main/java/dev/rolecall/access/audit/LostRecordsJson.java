package dev.rolecall.access.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/** The line about records that were lost, as one OCSF event. */
final class LostRecordsJson {

  private static final int MEDIUM = 3;

  private LostRecordsJson() {}

  /**
   * The event that records were lost before that time: a base event, since it is about no call.
   *
   * @param count how many, at least 1
   */
  static String of(long count, Instant time) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = OcsfJson.JSON.createGenerator(line)) {
      json.writeStartObject();
      OcsfJson.writeClass(json, 0, 0, OcsfJson.OTHER, "Records lost", time);
      json.writeNumberField("severity_id", MEDIUM);
      json.writeNumberField("count", count);
      OcsfJson.writeMetadata(json, Optional.empty());
      json.writeObjectFieldStart("unmapped");
      json.writeStringField("decision", "records_lost");
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return line.toString();
  }
}
