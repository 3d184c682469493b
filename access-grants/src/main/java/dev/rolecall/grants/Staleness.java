package dev.rolecall.grants;

/** The treatment of callers whose grants a server has not heard of for too long. */
public enum Staleness {
  /**
   * Refuses calls under grants, and ends those that live, as an outage: the time without news is
   * then the longest that a revoked grant can still be used here. The default.
   */
  STRICT,
  /**
   * Goes on with the grants that are known, each to its end, for five minutes at most. A grant that
   * was revoked meanwhile can be used here as long.
   */
  BEST_EFFORT
}
