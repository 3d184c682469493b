package dev.rolecall.policy.internal;

/** The exception for a value that breaks a rule. */
public final class InvalidValue {

  private InvalidValue() {}

  /** An exception that names the value and the rule it breaks. */
  public static IllegalArgumentException broken(String name, String value, String expected) {
    return new IllegalArgumentException(
        name + ": " + Printable.quoted(value) + " (expected: " + expected + ")");
  }
}
