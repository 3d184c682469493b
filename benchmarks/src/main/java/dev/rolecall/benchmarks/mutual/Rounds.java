package dev.rolecall.benchmarks.mutual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The results of each kind of TLS in each round. A kind is compared with the plain copies of the
 * same round, so that noise of the machine meets both. For one thread.
 */
final class Rounds {

  private final Map<Kind, List<Double>> values = new EnumMap<>(Kind.class);

  /** Adds a kind's value of the round that goes on. */
  void add(Kind kind, double value) {
    values.computeIfAbsent(kind, first -> new ArrayList<>()).add(value);
  }

  /** The median over the rounds. */
  double median(Kind kind) {
    return median(of(kind));
  }

  /** The median over the rounds of the kind's value as a share of the plain one's. */
  double ratio(Kind kind) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of(kind).size(); i++) {
      ratios.add(of(kind).get(i) / plain(i));
    }
    return median(ratios);
  }

  /** The median over the rounds of what the kind adds to the plain one's value. */
  double added(Kind kind) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < of(kind).size(); i++) {
      differences.add(of(kind).get(i) - plain(i));
    }
    return median(differences);
  }

  /** How far the two plain copies are apart, as a share: what differs by less says nothing. */
  double noise() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of(Kind.PLAIN).size(); i++) {
      ratios.add(of(Kind.PLAIN_AGAIN).get(i) / of(Kind.PLAIN).get(i));
    }
    return Math.abs(median(ratios) - 1);
  }

  private double plain(int round) {
    return (of(Kind.PLAIN).get(round) + of(Kind.PLAIN_AGAIN).get(round)) / 2;
  }

  private List<Double> of(Kind kind) {
    List<Double> some = values.get(kind);
    if (some == null) {
      throw new IllegalStateException(kind + ": not measured");
    }
    return some;
  }

  /** Of those in the middle, the upper one. */
  static double median(List<Double> some) {
    List<Double> sorted = new ArrayList<>(some);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
