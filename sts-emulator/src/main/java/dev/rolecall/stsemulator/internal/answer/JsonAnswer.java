package dev.rolecall.stsemulator.internal.answer;

import static java.util.stream.Collectors.joining;

import dev.rolecall.stsemulator.internal.answer.AnswerField.Group;

/** Writes an answer as JSON, as STS does when {@code Accept} asks for it. */
final class JsonAnswer {

  private JsonAnswer() {}

  static String write(Group root) {
    return "{" + quoted(root.name()) + ":" + value(root) + "}";
  }

  /** The fields alone: error documents have no outer name in JSON. */
  static String writeFields(Group root) {
    return value(root);
  }

  private static String value(AnswerField field) {
    return field.fold(
        text -> quoted(text.value()),
        // Seconds as a double, as AWS writes it: 1.7957664E9.
        time -> Double.toString((double) time.value().getEpochSecond()),
        group ->
            group.fields().stream()
                .map(child -> quoted(child.name()) + ":" + value(child))
                .collect(joining(",", "{", "}")));
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 16).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
