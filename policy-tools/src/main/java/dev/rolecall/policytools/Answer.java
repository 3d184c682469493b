package dev.rolecall.policytools;

/** A policy's answer to a call: yes, only with a grant, or no. */
public enum Answer {
  /** The call is let through. */
  ALLOW("allow"),
  /**
   * The call is refused, and a grant that the caller is not stated to hold would let it through.
   */
  NEEDS_GRANT("needs_grant"),
  /** The call is refused. */
  DENY("deny");

  private final String word;

  Answer(String word) {
    this.word = word;
  }

  /**
   * The answer as files and messages write it: {@code allow}, {@code needs_grant} or {@code deny}.
   */
  @Override
  public String toString() {
    return word;
  }
}
