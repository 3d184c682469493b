package dev.rolecall.cli.console.answer;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A failure as the page tells it: what happened, and what to do.
 *
 * @param face its kind
 * @param title a few words
 * @param message what happened; may hold the words of a server
 * @param advice the next step; empty where there is none
 * @param reason the word of a server for it; empty where it gave none
 * @param details what else the server said, by name
 */
public record Failure(
    Face face,
    String title,
    String message,
    String advice,
    Optional<String> reason,
    Map<String, String> details) {

  /** Checks that nothing is absent, and copies. */
  public Failure {
    requireNonNull(face, "face");
    requireNonNull(title, "title");
    requireNonNull(message, "message");
    requireNonNull(advice, "advice");
    requireNonNull(reason, "reason");
    details = Map.copyOf(details);
  }

  /** A failure that no server has a word for. */
  public static Failure of(Face face, String title, String message, String advice) {
    return new Failure(face, title, message, advice, Optional.empty(), Map.of());
  }

  /** Input that is wrong, in words that say how. */
  public static Failure wrong(String message) {
    return of(Face.WRONG, "That cannot be read", message, "");
  }

  /** Writes it as a field of the object that is open. */
  public void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("failure");
    json.writeStringField("face", face.name());
    json.writeStringField("title", title);
    json.writeStringField("message", message);
    json.writeStringField("advice", advice);
    if (reason.isPresent()) {
      json.writeStringField("reason", reason.get());
    }
    json.writeObjectFieldStart("details");
    for (Map.Entry<String, String> detail : details.entrySet()) {
      json.writeStringField(detail.getKey(), detail.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
