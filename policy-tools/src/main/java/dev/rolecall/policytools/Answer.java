package dev.rolecall.policytools;

/** A policy's answer to a call: yes or no. */
public enum Answer {
  /** The call is let through. */
  ALLOW("allow"),
  /** The call is refused. */
  DENY("deny");

  private final String word;

  Answer(String word) {
    this.word = word;
  }

  /** The answer as files and messages write it: {@code allow} or {@code deny}. */
  @Override
  public String toString() {
    return word;
  }
}
