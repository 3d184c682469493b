package dev.rolecall.policy;

/** A value as a message shows it. */
final class Shown {

  private static final int LONGEST = 200;

  private Shown() {}

  /** The value between quotes, as {@link #plain} shows it. */
  static String quoted(String value) {
    return "\"" + plain(value) + "\"";
  }

  /**
   * The value cut at 200 characters, with control characters and everything beyond ASCII escaped so
   * that it cannot forge a line of a log or a terminal.
   */
  static String plain(String value) {
    StringBuilder shown = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (c < 0x20 || c > 0x7e) {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                shown.append((char) c);
              }
            });
    return shown.append(value.codePointCount(0, value.length()) > LONGEST ? "..." : "").toString();
  }

  /** An exception that names the value and the rule it breaks. */
  static IllegalArgumentException broken(String name, String value, String expected) {
    return new IllegalArgumentException(
        name + ": " + quoted(value) + " (expected: " + expected + ")");
  }
}
