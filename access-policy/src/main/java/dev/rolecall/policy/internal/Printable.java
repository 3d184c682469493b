package dev.rolecall.policy.internal;

/** A value in the form that messages print. */
public final class Printable {

  private static final int LONGEST = 200;

  private Printable() {}

  /** The value between quotes, as {@link #plain} prints it. */
  public static String quoted(String value) {
    return "\"" + plain(value) + "\"";
  }

  /**
   * The value cut at 200 characters, with control characters and everything beyond ASCII escaped so
   * that it cannot forge a line of a log or a terminal.
   */
  public static String plain(String value) {
    StringBuilder text = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (c < 0x20 || c > 0x7e) {
                text.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                text.append((char) c);
              }
            });
    return text.append(value.codePointCount(0, value.length()) > LONGEST ? "..." : "").toString();
  }
}
