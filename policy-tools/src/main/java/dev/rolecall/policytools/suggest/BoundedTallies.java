package dev.rolecall.policytools.suggest;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of calls by pair, so many at most, and so many of one caller: a peer that calls methods
 * without end, whose names it makes up, keeps no other caller's calls out.
 */
final class BoundedTallies {

  private final int most;
  private final int mostOfOne;
  private final SortedMap<Pair, Tally> tallies = new TreeMap<>();
  private final Map<String, Integer> pairsOf = new HashMap<>();

  /** No call yet. */
  BoundedTallies(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Counts the calls of a line; false where the pair finds no place. */
  boolean add(Pair pair, AuditLine line) {
    Tally tally = tallies.get(pair);
    if (tally == null) {
      int pairs = pairsOf.getOrDefault(pair.caller().who(), 0);
      if (tallies.size() >= most || pairs >= mostOfOne) {
        return false;
      }
      pairsOf.put(pair.caller().who(), pairs + 1);
      tally = new Tally();
      tallies.put(pair, tally);
    }
    tally.add(line);
    return true;
  }

  SortedMap<Pair, Tally> all() {
    return Collections.unmodifiableSortedMap(tallies);
  }
}
