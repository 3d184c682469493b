package dev.rolecall.stsemulator.internal;

/** A complaint about a value, in the form {@code name: value (expected: rule)}. */
public final class InvalidValue {

  private static final int SHOWN = 200;

  private InvalidValue() {}

  /** An exception that names the value, cut at 200 characters, and the rule. Not for secrets. */
  public static IllegalArgumentException of(String name, Object value, String expected) {
    String text = value.toString().replaceAll("[^\\x20-\\x7e]", "?");
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return new IllegalArgumentException(name + ": " + shown + " (expected: " + expected + ")");
  }
}
