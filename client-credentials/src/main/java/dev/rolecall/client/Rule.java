package dev.rolecall.client;

/** The one form of a complaint about an option: its name, the value, and what would be right. */
final class Rule {

  private static final int SHOWN = 200;

  private Rule() {}

  /**
   * An exception that names the value and the rule it breaks. Not for secrets: the value is shown,
   * cut at 200 characters, with what could forge a log line replaced.
   */
  static IllegalArgumentException broken(String name, String value, String expected) {
    String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    return new IllegalArgumentException(
        name + ": " + plain(shown) + " (expected: " + expected + ")");
  }

  /** The text with what could forge a log line replaced. */
  static String plain(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
