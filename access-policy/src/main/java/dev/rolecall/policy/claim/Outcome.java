package dev.rolecall.policy.claim;

/** The outcome of a condition on a caller. */
public enum Outcome {
  /** The caller meets the condition. */
  MET,
  /** The caller's value is another one. */
  UNMET,
  /** The caller has no such value, or one of another type. */
  UNKNOWN;

  /**
   * Whether the condition lets its rule match. What is unknown meets no condition of an allow rule,
   * and each one of a deny rule.
   *
   * @param deny whether a deny rule asks
   */
  public boolean holds(boolean deny) {
    return this == MET || (deny && this == UNKNOWN);
  }

  static Outcome met(boolean met) {
    return met ? MET : UNMET;
  }
}
