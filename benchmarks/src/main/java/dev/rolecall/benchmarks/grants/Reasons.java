package dev.rolecall.benchmarks.grants;

import java.util.Map;
import java.util.TreeMap;

/** The reasons that clients were told when the suite ended their streams. For one thread. */
final class Reasons {

  private final Map<String, Integer> wrong = new TreeMap<>();
  private int ended;
  private int stale;
  private int open;

  /**
   * Counts ends, all of which should have that reason. An outage that a server reports of its news
   * is a right reason too, counted by itself.
   */
  void count(Ended ends, String expected) {
    open += ends.open();
    ends.reasons()
        .forEach(
            (reason, count) -> {
              ended += count;
              if (reason.equals(EndReason.STALE)) {
                stale += count;
              } else if (!reason.equals(expected)) {
                wrong.merge(reason, count, Integer::sum);
              }
            });
  }

  /** How many streams have ended. */
  int ended() {
    return ended;
  }

  /** How many of them had a wrong reason, or none. */
  int wrong() {
    return wrong.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The wrong ones, and how many streams had each. */
  Map<String, Integer> wrongOnes() {
    return new TreeMap<>(wrong);
  }

  /** How many ended since a server had no news of grants. */
  int stale() {
    return stale;
  }

  /** How many streams did not end. */
  int leftOpen() {
    return open;
  }
}
