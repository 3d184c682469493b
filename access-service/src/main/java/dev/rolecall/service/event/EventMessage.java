package dev.rolecall.service.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.Subject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The bodies of messages. */
final class EventMessage {

  /** All but ASCII is escaped: the bytes that are signed are the characters that are read. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private EventMessage() {}

  static String of(AccessEvent event, boolean textAlone) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("text", EventText.of(event));
      if (!textAlone) {
        json.writeObjectFieldStart("event");
        write(json, event);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, AccessEvent event) throws IOException {
    json.writeNumberField("revision", event.revision());
    json.writeStringField("kind", event.word());
    json.writeStringField("ref", event.about().ref());
    if (event.about().grantId().isPresent()) {
      json.writeStringField("grant_id", event.about().grantId().get());
    }
    if (event.about().permission().isPresent()) {
      json.writeStringField("permission", event.about().permission().get().value());
    }
    if (event.actor().isPresent()) {
      json.writeObjectFieldStart("actor");
      write(json, event.actor().get());
      json.writeEndObject();
    }
    json.writeStringField("at", event.at().toString());
    json.writeFieldName("details");
    Details.write(event, json);
  }

  private static void write(JsonGenerator json, Subject subject) throws IOException {
    json.writeStringField("principal", subject.principal());
    if (subject.roleId().isPresent()) {
      json.writeStringField("role_id", subject.roleId().get().value());
    }
    if (subject.person().isPresent()) {
      json.writeStringField("person", subject.person().get());
    }
  }
}
