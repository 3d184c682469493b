package dev.rolecall.cli.access.view;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.grants.v1.Subject;
import java.io.IOException;

/** Subjects as people and scripts read them. */
public final class Names {

  private Names() {}

  /** The person where there is one, else the principal. */
  public static String brief(Subject subject) {
    return subject.getPerson().isEmpty() ? subject.getPrincipal() : subject.getPerson();
  }

  /** The person, with the principal that was proven. */
  public static String full(Subject subject) {
    return subject.getPerson().isEmpty()
        ? subject.getPrincipal()
        : subject.getPerson() + " as " + subject.getPrincipal();
  }

  static void write(JsonGenerator json, String field, boolean isSet, Subject subject)
      throws IOException {
    if (!isSet) {
      return;
    }
    json.writeObjectFieldStart(field);
    json.writeStringField("principal", subject.getPrincipal());
    optional(json, "roleId", subject.getRoleId());
    optional(json, "person", subject.getPerson());
    json.writeEndObject();
  }

  /** The field, where it is not empty. */
  static void optional(JsonGenerator json, String field, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(field, value);
    }
  }
}
