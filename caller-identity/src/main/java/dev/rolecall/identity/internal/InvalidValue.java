package dev.rolecall.identity.internal;

/**
 * The one form of a complaint about a value: its name, the value, and the rule. Never for secrets:
 * the message quotes the value.
 */
public final class InvalidValue {

  private static final int LONGEST = 200;

  private InvalidValue() {}

  /**
   * An exception that names the value and the rule it breaks: {@code name: value (expected: rule)}.
   * The value is written as {@link #printable} has it.
   */
  public static IllegalArgumentException of(String name, String value, String expected) {
    return new IllegalArgumentException(
        name + ": " + printable(value) + " (expected: " + expected + ")");
  }

  /**
   * The value cut at 200 characters, with control characters and everything beyond ASCII escaped,
   * so that it cannot forge a line of a log or a terminal.
   */
  public static String printable(String value) {
    StringBuilder printable = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (c < 0x20 || c > 0x7e) {
                printable.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                printable.append((char) c);
              }
            });
    return value.codePointCount(0, value.length()) > LONGEST
        ? printable.append("...").toString()
        : printable.toString();
  }
}
