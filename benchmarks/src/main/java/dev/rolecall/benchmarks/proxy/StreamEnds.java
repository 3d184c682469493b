package dev.rolecall.benchmarks.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.grants.Ended;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ends of streams after changes of the policy. For one thread. */
final class StreamEnds {

  private final String expected;
  private final List<Long> nanos = new ArrayList<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private int open;

  /** None so far; each should have that reason. */
  StreamEnds(String expected) {
    this.expected = requireNonNull(expected, "expected");
  }

  /** Adds those of a change at that time. */
  void add(long from, Ended ended) {
    ended.closes().forEach(close -> nanos.add(close - from));
    ended.reasons().forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
    open += ended.open();
  }

  /**
   * The milliseconds within which that share of the streams had ended.
   *
   * @throws IllegalStateException if some did not end
   */
  double millis(double share) {
    if (open > 0 || nanos.isEmpty()) {
      throw new IllegalStateException(open + " streams did not end (expected: all of them)");
    }
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
  }

  /** How many ended with another reason. */
  int wrong() {
    return reasons.entrySet().stream()
        .filter(each -> !each.getKey().equals(expected))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** How many ended with each. */
  Map<String, Integer> reasons() {
    return Collections.unmodifiableMap(reasons);
  }
}
