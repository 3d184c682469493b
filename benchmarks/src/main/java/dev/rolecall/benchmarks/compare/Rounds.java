package dev.rolecall.benchmarks.compare;

import dev.rolecall.benchmarks.Quartiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of some variants in each round. They are compared within a round, so that noise of the
 * machine meets all of them. For one thread.
 *
 * @param <V> the variants
 */
public final class Rounds<V> {

  private final Map<V, List<Double>> values = new HashMap<>();

  /** Adds a variant's value of the round that goes on. */
  public void add(V variant, double value) {
    values.computeIfAbsent(variant, first -> new ArrayList<>()).add(value);
  }

  /** Whether the variant was measured. */
  public boolean has(V variant) {
    return values.containsKey(variant);
  }

  /** The variant as it is. */
  public Quartiles of(V variant) {
    return Quartiles.of(list(variant));
  }

  /** The mean of some variants, divided by the mean of others, in each round. */
  public Quartiles ratio(Collection<V> some, Collection<V> others) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds(some); round++) {
      ratios.add(mean(some, round) / mean(others, round));
    }
    return Quartiles.of(ratios);
  }

  /** The same of what each adds to a third. */
  public Quartiles addedRatio(Collection<V> some, Collection<V> others, V without) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds(some); round++) {
      double base = list(without).get(round);
      ratios.add((mean(some, round) - base) / (mean(others, round) - base));
    }
    return Quartiles.of(ratios);
  }

  /** How far two variants that are the same are apart, as a share. */
  public double noise(V one, V again) {
    return Math.abs(ratio(Set.of(one), Set.of(again)).median() - 1);
  }

  private int rounds(Collection<V> some) {
    return list(some.iterator().next()).size();
  }

  private double mean(Collection<V> some, int round) {
    return some.stream().mapToDouble(each -> list(each).get(round)).average().orElseThrow();
  }

  private List<Double> list(V variant) {
    List<Double> some = values.get(variant);
    if (some == null) {
      throw new IllegalStateException(variant + ": not measured");
    }
    return some;
  }
}
