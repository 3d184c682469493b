package dev.rolecall.stsemulator;

/** The one form of a complaint about a value: its name, the value, and what would be right. */
final class Rule {

  private static final int SHOWN = 200;

  private Rule() {}

  /** An exception that names the value, cut at 200 characters, and the rule. Not for secrets. */
  static IllegalArgumentException broken(String name, Object value, String expected) {
    String text = value.toString().replaceAll("[^\\x20-\\x7e]", "?");
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return new IllegalArgumentException(name + ": " + shown + " (expected: " + expected + ")");
  }
}
