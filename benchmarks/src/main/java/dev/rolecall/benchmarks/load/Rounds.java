package dev.rolecall.benchmarks.load;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.Quartiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The results of the rounds of one shape. Each variant is compared with the two copies of no check
 * at all of the same round, so that noise of the machine meets both. For one thread.
 */
final class Rounds {

  private final Map<Measure, Map<Variant, List<Double>>> compared = new EnumMap<>(Measure.class);
  private final Map<Measure, Map<Variant, List<Double>>> values = new EnumMap<>(Measure.class);

  private int size;

  /** One round, with a slice of every variant. */
  void add(Map<Variant, Slice> round) {
    size++;
    for (Measure measure : Measure.values()) {
      double plain = measure.of(slice(round, Variant.PLAIN));
      double again = measure.of(slice(round, Variant.PLAIN_AGAIN));
      round.forEach(
          (variant, slice) -> {
            double value = measure.of(slice);
            note(values, measure, variant, value);
            double without = variant == Variant.PLAIN_AGAIN ? plain : (plain + again) / 2;
            if (variant != Variant.PLAIN) {
              note(compared, measure, variant, measure.compare(value, without));
            }
          });
    }
  }

  private static Slice slice(Map<Variant, Slice> round, Variant variant) {
    return requireNonNull(round.get(variant), "slice");
  }

  private static void note(
      Map<Measure, Map<Variant, List<Double>>> where,
      Measure measure,
      Variant variant,
      double value) {
    where
        .computeIfAbsent(measure, m -> new EnumMap<>(Variant.class))
        .computeIfAbsent(variant, v -> new ArrayList<>())
        .add(value);
  }

  /** Of the variant as it is. */
  Quartiles of(Measure measure, Variant variant) {
    return quartiles(values, measure, variant);
  }

  /** Of the variant, held against no check; {@link Variant#PLAIN} is held against nothing. */
  Quartiles compared(Measure measure, Variant variant) {
    return quartiles(compared, measure, variant);
  }

  private static Quartiles quartiles(
      Map<Measure, Map<Variant, List<Double>>> of, Measure measure, Variant variant) {
    return Quartiles.of(of.getOrDefault(measure, Map.of()).getOrDefault(variant, List.of()));
  }

  /** How many there were. */
  int size() {
    return size;
  }

  /** How far apart the two copies of no check are, as a share. */
  double noise() {
    return Math.abs(compared(Measure.CALLS_PER_SECOND, Variant.PLAIN_AGAIN).median() - 1);
  }
}
