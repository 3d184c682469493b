package dev.rolecall.identity;

/** The one form of a complaint about a value: its name, the value, and what would be right. */
final class Rule {

  private static final int SHOWN = 200;

  private Rule() {}

  /**
   * An exception that names the value and the rule it breaks. Not for secrets: the value is shown,
   * cut at 200 characters, with control characters escaped so that it cannot forge a log line.
   */
  static IllegalArgumentException broken(String name, String value, String expected) {
    return new IllegalArgumentException(
        name + ": " + printable(value) + " (expected: " + expected + ")");
  }

  private static String printable(String value) {
    StringBuilder shown = new StringBuilder();
    value
        .codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (c < 0x20 || c > 0x7e) {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                shown.append((char) c);
              }
            });
    return value.length() > SHOWN ? shown.append("...").toString() : shown.toString();
  }
}
