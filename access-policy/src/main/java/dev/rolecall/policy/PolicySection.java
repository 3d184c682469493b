package dev.rolecall.policy;

/** The three lists of a policy. */
public enum PolicySection {
  /** Who may not call what, whatever the other lists say. */
  DENY_RULES("deny_rules"),
  /** Who may call what. */
  ALLOW_RULES("allow_rules"),
  /** What anyone may call, without saying who they are. */
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
