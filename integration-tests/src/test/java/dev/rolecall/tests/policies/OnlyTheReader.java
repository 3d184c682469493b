package dev.rolecall.tests.policies;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The reasons for refusing a text that a JSON Schema cannot state, by the reader's words. */
enum OnlyTheReader {
  EMPTY_FILE("the file is empty .*"),
  SECOND_DOCUMENT("a second document .*"),
  ANCHOR_OR_ALIAS("(anchor|alias) .*"),
  TAG("tag .*"),
  MERGE_KEY("unknown key \"<<\" .*"),
  REPEATED_KEY("repeated key .*"),
  REPEATED_NAME(".* \\(expected: a unique name; .*"),
  UNKNOWN_GROUP("(principals|actors): \"group:.*"),
  UNKNOWN_ACCOUNT_GROUP(
      ".*\\{.*\\}.* \\(expected: (arn:|sso:|one of the policy's account groups).*"),
  BITS_AFTER_THE_PREFIX("network: .* \\(expected: [0-9a-f.:]+/[0-9]+\\)"),
  REPEATED_HEADER("headers: .* twice .*"),
  REPEATED_CASE("a case of the same caller.*");

  private final Pattern message;

  OnlyTheReader(String message) {
    this.message = Pattern.compile(message, Pattern.DOTALL);
  }

  /** Whether a problem is of one of the kinds. */
  static boolean isKnown(String problem) {
    return Stream.of(values()).anyMatch(kind -> kind.explains(problem));
  }

  /** Whether a problem is of this kind. */
  boolean explains(String problem) {
    return message.matcher(problem).matches();
  }
}
