package dev.rolecall.policy;

/** The three lists of a policy. */
public enum PolicySection {
  /** The calls that are denied, whatever the other lists say. */
  DENY_RULES("deny_rules"),
  /** The calls that are allowed. */
  ALLOW_RULES("allow_rules"),
  /** The methods that need no caller. */
  PUBLIC_METHODS("public_methods");

  private final String key;

  PolicySection(String key) {
    this.key = key;
  }

  /** The list's key in a policy file. */
  public String key() {
    return key;
  }

  @Override
  public String toString() {
    return key;
  }
}
