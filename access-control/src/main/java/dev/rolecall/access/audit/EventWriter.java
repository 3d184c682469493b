package dev.rolecall.access.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes one OCSF event, and remembers where its line takes what differs between records. */
final class EventWriter {

  /** All but printable ASCII is escaped: a terminal that shows the log obeys nothing in it. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .characterEscapes(new DeleteEscaped())
          .build();

  private static final String OCSF_VERSION = "1.8.0";

  /** Writes the fields of one event. */
  @FunctionalInterface
  interface Content {
    /** Writes them between {@link #start} and {@link #unmapped}, and then those of unmapped. */
    void writeTo(EventWriter event) throws IOException;
  }

  private final StringWriter text = new StringWriter(1_024);
  private final JsonGenerator json;
  private int time;
  private int metadata;

  private EventWriter() throws IOException {
    this.json = JSON.createGenerator(text);
  }

  /** The form of the event with that content. */
  static LineForm write(Content content) {
    try {
      EventWriter event = new EventWriter();
      content.writeTo(event);
      // Not closed: that would close the two objects that a line goes on in.
      event.json.flush();
      String all = event.text.toString();
      return new LineForm(
          all.substring(0, event.time),
          all.substring(event.time, event.metadata),
          all.substring(event.metadata));
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
  }

  JsonGenerator json() {
    return json;
  }

  /** Begins the event; its time is written later. */
  void start(int category, int classUid, int activity, String activityName) throws IOException {
    json.writeStartObject();
    json.writeNumberField("category_uid", category);
    json.writeNumberField("class_uid", classUid);
    json.writeNumberField("activity_id", activity);
    json.writeStringField("activity_name", activityName);
    json.writeNumberField("type_uid", classUid * 100L + activity);
    json.writeFieldName("time");
    json.writeRawValue("");
    json.flush();
    time = text.getBuffer().length();
  }

  /** Writes {@code metadata}, and begins {@code unmapped}, the last. */
  void unmapped() throws IOException {
    json.writeObjectFieldStart("metadata");
    json.flush();
    metadata = text.getBuffer().length();
    json.writeStringField("version", OCSF_VERSION);
    json.writeObjectFieldStart("product");
    json.writeStringField("name", "Rolecall");
    json.writeStringField("vendor_name", "Rolecall");
    json.writeEndObject();
    json.writeEndObject();
    json.writeObjectFieldStart("unmapped");
  }
}
