package dev.rolecall.policytools.compare;

import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.HeaderMatch;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policytools.StatedCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Calls that stand for all calls: whatever headers and address a call has, one of these meets the
 * same of some conditions. For each header a few values tell its patterns apart, and a few
 * addresses tell the networks apart; every combination of them is a call.
 */
final class RepresentativeCalls {

  /** More combinations than a person writes, and few enough to ask about in a second or two. */
  static final int MOST = 100_000;

  private RepresentativeCalls() {}

  /**
   * The calls, the plainest first: without headers.
   *
   * @throws IllegalArgumentException if they are more than {@link #MOST}
   */
  static List<StatedCall> of(Collection<CallConditions> conditions) {
    SortedMap<HeaderName, List<HeaderMatch>> headers = new TreeMap<>();
    for (CallConditions each : conditions) {
      for (HeaderMatch header : each.headers()) {
        headers.computeIfAbsent(header.key(), key -> new ArrayList<>()).add(header);
      }
    }
    List<StatedCall> calls =
        RepresentativeAddresses.of(
                conditions.stream().flatMap(each -> each.networks().stream()).toList())
            .stream()
            .map(address -> new StatedCall(new TreeMap<>(), address))
            .toList();
    for (List<HeaderMatch> ofOne : headers.values()) {
      calls = combined(calls, ofOne.get(0).key(), values(ofOne));
    }
    return calls;
  }

  static IllegalArgumentException tooMany() {
    return new IllegalArgumentException(
        "the conditions of rules for one caller and method make more than "
            + MOST
            + " different calls (expected: rules of fewer networks and values)");
  }

  private static List<StatedCall> combined(
      List<StatedCall> calls, HeaderName key, Collection<String> values) {
    if ((values.size() + 1L) * calls.size() > MOST) {
      throw tooMany();
    }
    List<StatedCall> combined = new ArrayList<>(calls);
    for (String value : values) {
      calls.forEach(call -> combined.add(call.withHeader(key.value(), value)));
    }
    return combined;
  }

  /**
   * The patterns that match a value depend on three things: whether it is one of the exact values,
   * the longest prefix that it starts with, and the longest suffix that it ends with. So each exact
   * value, and each prefix and suffix with something between them that no pattern has, are enough.
   */
  private static Collection<String> values(List<HeaderMatch> matches) {
    Collection<String> exact = new TreeSet<>();
    Collection<String> prefixes = new TreeSet<>(List.of(""));
    Collection<String> suffixes = new TreeSet<>(List.of(""));
    StringBuilder all = new StringBuilder();
    matches.stream()
        .flatMap(match -> match.values().stream())
        .forEach(
            pattern -> {
              all.append(pattern.literal());
              if (pattern.isPrefix()) {
                prefixes.add(pattern.literal());
              } else if (pattern.isSuffix()) {
                suffixes.add(pattern.literal());
              } else if (!pattern.isPresence()) {
                exact.add(pattern.literal());
              }
            });
    String between = unusedIn(all);
    Collection<String> values = new TreeSet<>(exact);
    for (String prefix : prefixes) {
      for (String suffix : suffixes) {
        values.add(prefix + between + suffix);
      }
    }
    return values;
  }

  /** A text that makes no value match a further pattern: a character that none of them has. */
  static String unusedIn(CharSequence patterns) {
    String used = patterns.toString();
    for (char c : "xyz".toCharArray()) {
      if (used.indexOf(c) < 0) {
        return String.valueOf(c);
      }
    }
    for (char c = '~'; c > ' '; c--) {
      if (used.indexOf(c) < 0) {
        return String.valueOf(c);
      }
    }
    throw new IllegalArgumentException(
        "the values of a header or claim use every printable character (expected: one that none uses)");
  }
}
