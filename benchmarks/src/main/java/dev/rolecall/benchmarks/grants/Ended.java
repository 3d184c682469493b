package dev.rolecall.benchmarks.grants;

import dev.rolecall.benchmarks.fleet.OneClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ends of streams of one holder, as their clients saw them. Times are of {@link OneClock}.
 *
 * @param open how many have not ended
 * @param reasons how many ended with each {@link EndReason}
 * @param closes when each ended
 * @param ticks the last tick of each stream that ticks
 */
public record Ended(int open, Map<String, Integer> reasons, List<Long> closes, List<Tick> ticks) {

  /**
   * A tick.
   *
   * @param sent when the server sent it
   * @param received when the client had it
   */
  public record Tick(long sent, long received) {}

  /** Copies. */
  public Ended {
    reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
    closes = List.copyOf(closes);
    ticks = List.copyOf(ticks);
  }

  /** Of no streams. */
  static Ended none() {
    return new Ended(0, Map.of(), List.of(), List.of());
  }

  /** Of both. */
  Ended and(Ended other) {
    Map<String, Integer> all = new TreeMap<>(reasons);
    other.reasons.forEach((reason, count) -> all.merge(reason, count, Integer::sum));
    return new Ended(
        open + other.open,
        all,
        Stream.concat(closes.stream(), other.closes.stream()).toList(),
        Stream.concat(ticks.stream(), other.ticks.stream()).toList());
  }

  /**
   * When the first ended.
   *
   * @throws java.util.NoSuchElementException if none has
   */
  long first() {
    return closes.stream().min(Long::compare).orElseThrow();
  }

  /** When the last ended, likewise. */
  long last() {
    return closes.stream().max(Long::compare).orElseThrow();
  }

  /** One line, which {@link #parse} reads. */
  public String text() {
    return open
        + ";"
        + reasons.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(","))
        + ";"
        + closes.stream().map(String::valueOf).collect(Collectors.joining(","))
        + ";"
        + ticks.stream()
            .map(tick -> tick.sent() + "=" + tick.received())
            .collect(Collectors.joining(","));
  }

  /** The inverse of {@link #text}. */
  public static Ended parse(String text) {
    String[] parts = text.split(";", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException(
          "ends: " + parts.length + " parts (expected: 4 parts with ; between them)");
    }
    Map<String, Integer> reasons = new TreeMap<>();
    for (String[] pair : pairs(parts[1])) {
      reasons.put(pair[0], Integer.valueOf(pair[1]));
    }
    List<Tick> ticks = new ArrayList<>();
    for (String[] pair : pairs(parts[3])) {
      ticks.add(new Tick(Long.parseLong(pair[0]), Long.parseLong(pair[1])));
    }
    List<Long> closes =
        parts[2].isEmpty()
            ? List.of()
            : Arrays.stream(parts[2].split(",")).map(Long::valueOf).toList();
    return new Ended(Integer.parseInt(parts[0]), reasons, closes, ticks);
  }

  private static List<String[]> pairs(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(pair -> pair.split("=", 2)).toList();
  }
}
