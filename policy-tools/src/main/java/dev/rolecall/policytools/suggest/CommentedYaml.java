package dev.rolecall.policytools.suggest;

/**
 * A text of YAML with comments. All that a peer may have chosen passes {@link #quoted} or {@link
 * #comment}, so that it can end neither a string nor a comment.
 */
final class CommentedYaml {

  private static final int LONGEST_COMMENT = 1_200;

  private final StringBuilder text = new StringBuilder();

  void line(String line) {
    text.append(line).append('\n');
  }

  /** A comment at the start of its line. */
  void comment(String words) {
    comment(0, words);
  }

  /** A comment on one line whatever it holds: all but printable ASCII is replaced. */
  void comment(int indent, String words) {
    StringBuilder safe = new StringBuilder();
    words
        .chars()
        .limit(LONGEST_COMMENT)
        .forEach(c -> safe.append(c < ' ' || c > '~' ? '?' : (char) c));
    line(" ".repeat(indent) + "# " + safe);
  }

  /**
   * A string of YAML and JSON alike.
   *
   * @throws IllegalArgumentException if it holds other than printable ASCII
   */
  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException(
            "a name that no policy can hold (expected: printable ASCII characters)");
      }
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  String text() {
    return text.toString();
  }
}
