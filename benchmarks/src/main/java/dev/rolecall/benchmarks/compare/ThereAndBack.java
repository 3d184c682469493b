package dev.rolecall.benchmarks.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The order of the variants in a round. */
public final class ThereAndBack {

  /** Chance is the same in every run, so that two runs differ by the machine alone. */
  private static final Random RANDOM = new Random(20_110_615);

  private ThereAndBack() {}

  /** An order of chance, and then back. For one thread. */
  public static <V> List<V> of(Collection<V> variants) {
    List<V> order = new ArrayList<>(variants);
    Collections.shuffle(order, RANDOM);
    List<V> both = new ArrayList<>(order);
    Collections.reverse(order);
    both.addAll(order);
    return both;
  }
}
