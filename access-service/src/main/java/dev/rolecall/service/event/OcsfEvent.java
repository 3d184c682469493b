package dev.rolecall.service.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.Subject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * A change as one OCSF 1.8 event, on one line. Grants and requests are User Access Management
 * (3005), since a privilege is what changes; locks are Account Change (3001). What the schema has
 * no field for is in {@code unmapped}.
 *
 * @see <a href="https://schema.ocsf.io/1.8.0/classes/user_access">OCSF, User Access Management</a>
 * @see <a href="https://schema.ocsf.io/1.8.0/classes/account_change">OCSF, Account Change</a>
 */
final class OcsfEvent {

  private static final int USER_ACCESS = 3005;
  private static final int ACCOUNT_CHANGE = 3001;
  private static final int ASSIGN = 1;
  private static final int REVOKE = 2;
  private static final int LOCK = 9;
  private static final int UNLOCK = 12;
  private static final int OTHER = 99;
  private static final int INFORMATIONAL = 1;
  private static final int MEDIUM = 3;
  private static final Set<EventKind> ASSIGNS =
      Set.of(EventKind.REQUEST_APPROVED, EventKind.GLASS_BROKEN, EventKind.GRANT_EXTENDED);
  private static final Set<EventKind> REVOKES =
      Set.of(EventKind.GRANT_REVOKED, EventKind.GRANT_EXPIRED, EventKind.GLASS_FLAGGED);
  private static final Set<EventKind> LOCKS = Set.of(EventKind.LOCK_SET, EventKind.LOCK_LIFTED);
  private static final Set<EventKind> GRAVE =
      Set.of(EventKind.GLASS_BROKEN, EventKind.GLASS_FLAGGED, EventKind.LOCK_SET);

  /** All but printable ASCII is escaped: a terminal that shows the line obeys nothing in it. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private OcsfEvent() {}

  static String of(AccessEvent event, String epoch) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      write(json, event, epoch);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does no input or output", e);
    }
    return text.toString().replace("\u007f", "\\u007F");
  }

  private static void write(JsonGenerator json, AccessEvent event, String epoch)
      throws IOException {
    boolean lock = is(LOCKS, event);
    int classUid = lock ? ACCOUNT_CHANGE : USER_ACCESS;
    int activity = activity(event);
    json.writeNumberField("category_uid", 3);
    json.writeNumberField("class_uid", classUid);
    json.writeNumberField("activity_id", activity);
    json.writeStringField("activity_name", event.word());
    json.writeNumberField("type_uid", classUid * 100L + activity);
    json.writeNumberField("time", event.at().toEpochMilli());
    json.writeNumberField("severity_id", is(GRAVE, event) ? MEDIUM : INFORMATIONAL);
    json.writeNumberField("status_id", 1);
    if (event.actor().isPresent()) {
      json.writeObjectFieldStart("actor");
      writeUser(json, event.actor().get());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("user");
    json.writeStringField("name", user(event));
    json.writeNumberField("type_id", OTHER);
    json.writeEndObject();
    if (!lock) {
      json.writeArrayFieldStart("privileges");
      if (event.about().permission().isPresent()) {
        json.writeString(event.about().permission().get().value());
      }
      json.writeEndArray();
    }
    writeMetadata(json, event, epoch);
    json.writeObjectFieldStart("unmapped");
    json.writeStringField("ref", event.about().ref());
    json.writeNumberField("revision", event.revision());
    json.writeFieldName("details");
    Details.write(event, json);
    json.writeEndObject();
  }

  private static int activity(AccessEvent event) {
    if (is(ASSIGNS, event)) {
      return ASSIGN;
    }
    if (is(REVOKES, event)) {
      return REVOKE;
    }
    if (is(LOCKS, event)) {
      return event.word().equals(EventKind.LOCK_SET.word()) ? LOCK : UNLOCK;
    }
    return OTHER;
  }

  private static boolean is(Set<EventKind> kinds, AccessEvent event) {
    return event.kind().filter(kinds::contains).isPresent();
  }

  /** The one whose access it is about; the service itself for its keys. */
  private static String user(AccessEvent event) {
    return Details.of(event)
        .party()
        .or(() -> event.actor().map(Subject::party))
        .orElse("access service");
  }

  private static void writeUser(JsonGenerator json, Subject subject) throws IOException {
    json.writeObjectFieldStart("user");
    json.writeStringField("name", subject.party());
    json.writeStringField(
        "uid", subject.roleId().map(Object::toString).orElse(subject.principal()));
    json.writeNumberField("type_id", OTHER);
    json.writeEndObject();
    if (subject.sessionName().isPresent()) {
      json.writeObjectFieldStart("session");
      json.writeStringField("uid", subject.sessionName().get());
      json.writeStringField("issuer", subject.principal());
      json.writeEndObject();
    }
  }

  private static void writeMetadata(JsonGenerator json, AccessEvent event, String epoch)
      throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeStringField("version", "1.8.0");
    json.writeStringField("uid", epoch + ":" + event.revision());
    json.writeObjectFieldStart("product");
    json.writeStringField("name", "Rolecall");
    json.writeStringField("vendor_name", "Rolecall");
    json.writeEndObject();
    json.writeEndObject();
  }
}
