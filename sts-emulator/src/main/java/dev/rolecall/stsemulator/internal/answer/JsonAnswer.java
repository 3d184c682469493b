package dev.rolecall.stsemulator.internal.answer;

import static java.util.stream.Collectors.joining;

import dev.rolecall.stsemulator.internal.JsonText;
import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;

/** Writes an answer as JSON, as STS does when {@code Accept} asks for it. */
final class JsonAnswer {

  private JsonAnswer() {}

  static String write(Group root) {
    return "{" + JsonText.quoted(root.name()) + ":" + value(root) + "}";
  }

  /** The fields alone: error documents have no outer name in JSON. */
  static String writeFields(Group root) {
    return value(root);
  }

  private static String value(AnswerField field) {
    return field.fold(
        text -> JsonText.quoted(text.value()),
        // Seconds as a double, as AWS writes it: 1.7957664E9.
        time -> Double.toString((double) time.value().getEpochSecond()),
        group ->
            group.fields().stream()
                .map(child -> JsonText.quoted(child.name()) + ":" + value(child))
                .collect(joining(",", "{", "}")));
  }
}
